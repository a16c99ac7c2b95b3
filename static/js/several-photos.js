// @ts-check
/** Several photos chosen at once are handed to <photo-picker> one by one, so that each has an input and words of its own. */

const canSplit = (() => {
  try {
    return Boolean(new DataTransfer().items);
  } catch {
    return false; // Safari before 14.1
  }
})();

/** @param {Event} event */
function split(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const picker = /** @type {HTMLElement | null} */ (input.closest("photo-picker"));
  const [place, files] = [input.parentElement, Array.from(input.files || [])];
  if (!picker || !place || files.length < 2) return;
  event.stopPropagation();
  const tray = /** @type {HTMLElement} */ (picker.querySelector("ol"));
  const before = tray.children.length;
  for (const file of files) {
    const one = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]")); // the picker takes it and leaves an empty one
    const alone = new DataTransfer();
    alone.items.add(file);
    one.files = alone.files;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const refused = files.length - (tray.children.length - before);
  const said = picker.querySelector("[data-said]");
  if (said && refused) said.textContent = (picker.dataset.saidSome || "").replace("{n}", String(refused));
}

if (canSplit) document.addEventListener("change", split, true);
else document.querySelectorAll("photo-picker input[multiple]").forEach((input) => input.removeAttribute("multiple"));
