// @ts-check
/**
 * A tap on a photo of [data-gallery], tiles or a pair, opens it in the viewer. Where there is no <dialog> (Safari before
 * 15.4) the link is followed: it leads to the picture.
 */
import "./lazily.js";
import "./pairs.js";
import { linksOn, open } from "./viewer.js";

const hasDialog = "showModal" in document.createElement("dialog");

/** @param {MouseEvent} event */
function tapped(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-gallery] a[data-photo]"));
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const gallery = /** @type {Element} */ (link.closest("[data-gallery]"));
  const links = linksOn(gallery);
  if (open(links, links.indexOf(link))) event.preventDefault();
}

if (hasDialog) document.addEventListener("click", tapped);
