// @ts-check
/**
 * The phone's way back closes what lies over the page: an entry in the history stands for it, and goes with it. The page
 * below is the same, so htmx need not load it anew.
 */

/** @type {(() => void) | null} */
let close = null;
/** @type {(() => void) | null} */
let after = null;
let isOurs = false;

/** Something now lies over the page; `closing` is called when the person goes back. @param {() => void} closing */
export function enter(closing) {
  close = closing;
  history.pushState({ over: true }, "");
}

/** It was closed otherwise: its entry goes, too; `then` is called once it has. @param {() => void} then */
export function leave(then) {
  if (!close) return then();
  after = then;
  close = null;
  isOurs = true;
  history.back();
}

window.addEventListener("popstate", () => {
  const closing = close;
  const was = isOurs || closing !== null;
  close = null;
  if (closing) closing();
  if (after) window.setTimeout(after); // going back may move the focus itself
  after = null;
  isOurs = was;
  window.setTimeout(() => (isOurs = false), 50);
});
document.addEventListener("htmx:before:history:restore", (event) => isOurs && event.preventDefault());
