// @ts-check
/** Fingers enlarge the page: lines and handles stay as large on the glass as they were, and the picture becomes finer. */

const FINER_FROM = 1.4;

/** @param {HTMLElement} stage */
export function followZoom(stage) {
  const view = window.visualViewport;
  if (!view) return;
  view.addEventListener("resize", () => {
    stage.style.setProperty("--zoom", String(Math.max(1, view.scale)));
    if (view.scale >= FINER_FROM) refine(/** @type {HTMLImageElement} */ (stage.querySelector("img")));
  });
}

/** Once, and shown only when it is all there. @param {HTMLImageElement} image */
function refine(image) {
  const { large } = image.dataset;
  if (!large) return;
  delete image.dataset.large;
  const finer = new Image();
  finer.addEventListener("load", () => (image.src = large));
  finer.src = large;
}

/** Whether a box is thinner on the glass than a finger draws on purpose: somebody meant to scroll. @param {import("./boxes.js").Box} box @param {HTMLElement} stage @param {number} least pixels */
export function isSliver(box, stage, least) {
  const [frame, zoom] = [stage.getBoundingClientRect(), window.visualViewport ? window.visualViewport.scale : 1];
  return Math.min(box.width * frame.width, box.height * frame.height) * zoom < least;
}
