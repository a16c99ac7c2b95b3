// @ts-check
/**
 * The phone's way back closes what lies over the page: an entry in the history stands for it, and goes with it. The page
 * below is the same, so htmx need not load it anew.
 */

/** @type {(() => void) | null} */
let close = null;
let isOurs = false;

/** Something now lies over the page; `closing` is called when the person goes back. @param {() => void} closing */
export function enter(closing) {
  close = closing;
  history.pushState({ over: true }, "");
}

/** It was closed otherwise: its entry goes, too. */
export function leave() {
  if (!close) return;
  close = null;
  isOurs = true;
  history.back();
}

window.addEventListener("popstate", () => {
  const closing = close;
  const was = isOurs || closing !== null;
  close = null;
  if (closing) closing();
  isOurs = was;
  window.setTimeout(() => (isOurs = false), 50);
});
document.addEventListener("htmx:before:history:restore", (event) => isOurs && event.preventDefault());
