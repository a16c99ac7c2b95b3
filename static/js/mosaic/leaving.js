// @ts-check
/** Who leaves the page with something unsaved is asked, but for saving it. */

/** @param {() => boolean} isUnsaved */
export function askBeforeLeaving(isUnsaved) {
  let isSent = false;
  document.addEventListener("submit", () => (isSent = true));
  window.addEventListener("beforeunload", (event) => { if (isUnsaved() && !isSent) event.returnValue = true; });
  window.addEventListener("pageshow", () => { isSent = false; });
}
