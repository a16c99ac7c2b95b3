// @ts-check
/** Before and after, one picture over the other with a slider between them; without scripts they stand side by side. */

/** @param {HTMLElement} section */
function begin(section) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(name));
  const slider = /** @type {HTMLInputElement} */ (part(".pair-slider"));
  const move = () => part(".pair-view").style.setProperty("--at", `${slider.value}%`);
  slider.addEventListener("input", move);
  section.querySelectorAll("select").forEach((select) => {
    const image = /** @type {HTMLImageElement} */ (part(`.pair-side[data-side="${select.dataset.side}"] > img`));
    select.addEventListener("change", () => (image.src = select.value));
  });
  part(".pair-tools").hidden = false;
  section.dataset.ready = "";
  move();
}

document.querySelectorAll("[data-pair]:not([data-ready])").forEach((section) => begin(/** @type {HTMLElement} */ (section)));
