// @ts-check
/** Who leaves the page with something unsaved is asked, but for saving it. */

/** @param {() => string} state what would be saved */
export function askBeforeLeaving(state) {
  const before = state();
  let isSent = false;
  document.addEventListener("submit", () => (isSent = true));
  window.addEventListener("beforeunload", (event) => { if (state() !== before && !isSent) event.returnValue = true; });
  window.addEventListener("pageshow", () => { isSent = false; });
}
