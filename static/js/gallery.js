// @ts-check
/** Photos of a record open in a viewer where the browser has dialogs; elsewhere, and without scripts, they are links. */

document.addEventListener("click", async (event) => {
  const click = /** @type {MouseEvent} */ (event);
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-gallery] a[data-large]"));
  if (!link || click.ctrlKey || click.metaKey || click.shiftKey || !("HTMLDialogElement" in window)) return;
  event.preventDefault();
  const links = Array.from(document.querySelectorAll("[data-gallery] a[data-large]"));
  const { open } = await import("./viewer.js");
  open(/** @type {HTMLAnchorElement[]} */ (links), links.indexOf(link));
});
