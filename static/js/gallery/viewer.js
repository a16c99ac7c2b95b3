// @ts-check
/**
 * The viewer: one photo over the whole screen, its place among the others, caption and facts; keys, buttons and fingers
 * turn, enlarge and close it. Focus goes back to the photo in the page. Only the neighbours are fetched ahead.
 */
import { enter, leave } from "./back.js";
import { follow } from "./fingers.js";
import { Zoom } from "./zoom.js";

const STEP = 1.6;
const SHARPER_FROM = 1.3; // from here on the larger picture is worth its bytes

/** @typedef {{ dialog: HTMLDialogElement, image: HTMLImageElement, zoom: Zoom, links: HTMLAnchorElement[], at: number }} Viewer */
/** @type {Viewer | null} */
let viewer = null;

/** Show one of these; false where the page has no viewer. @param {HTMLAnchorElement[]} links @param {number} at */
export function open(links, at) {
  viewer = viewer || made();
  if (!viewer) return false;
  viewer.links = links;
  viewer.dialog.showModal();
  document.documentElement.setAttribute("data-viewing", "");
  enter(() => viewer && viewer.dialog.close());
  show(viewer, at);
  return true;
}

/** @returns {Viewer | null} */
function made() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-viewer]"));
  const source = template && template.content.querySelector("dialog");
  if (!source) return null;
  const dialog = /** @type {HTMLDialogElement} */ (document.importNode(source, true));
  document.body.append(dialog);
  const image = /** @type {HTMLImageElement} */ (dialog.querySelector("[data-image]"));
  const stage = /** @type {HTMLElement} */ (dialog.querySelector("[data-stage]"));
  const view = { dialog, image, zoom: new Zoom(stage, image), links: [], at: 0 };
  dialog.addEventListener("keydown", (event) => pressed(view, event));
  dialog.addEventListener("click", (event) => clicked(view, event));
  dialog.addEventListener("close", () => closed(view));
  image.addEventListener("error", () => say(view, "[data-caption]", dialog.dataset.failed || ""));
  follow(stage, view.zoom, { turn: (by) => show(view, view.at + by), changed: () => sharpen(view) });
  return view;
}

/** @param {Viewer} view @param {number} at */
function show(view, at) {
  const link = view.links[at];
  if (!link) return view.zoom.reset();
  view.at = at;
  const { caption = "", facts = "", width = "", height = "" } = link.dataset;
  const place = (view.dialog.dataset.position || "").replace("{n}", String(at + 1)).replace("{all}", String(view.links.length));
  view.zoom.reset();
  view.image.removeAttribute("src"); // or the one before stays until this one has come
  view.image.width = Number(width) || 1280;
  view.image.height = Number(height) || 960;
  view.image.alt = caption || place;
  view.image.src = link.href;
  say(view, "[data-place]", place);
  say(view, "[data-caption]", caption);
  say(view, "[data-facts]", facts);
  can(view, "previous", at > 0);
  can(view, "next", at < view.links.length - 1);
  [at + 1, at - 1].forEach((near) => view.links[near] && (new Image().src = view.links[near].href));
}

/** @param {Viewer} view @param {string} where @param {string} words */
function say(view, where, words) {
  const place = view.dialog.querySelector(where);
  if (place) place.textContent = words;
}

/** A button that leads nowhere stays where it is, so that it keeps the focus. @param {Viewer} view @param {string} what @param {boolean} may */
function can(view, what, may) {
  const button = view.dialog.querySelector(`[data-does="${what}"]`);
  if (button) button.setAttribute("aria-disabled", String(!may));
}

/** Enlarged, the larger picture takes the place of the one that is there. @param {Viewer} view */
function sharpen(view) {
  const { large = "" } = view.links[view.at].dataset;
  if (view.zoom.scale < SHARPER_FROM || !large || view.image.src.endsWith(large)) return;
  const at = view.at;
  const coming = new Image();
  coming.onload = () => view.at === at && view.dialog.open && (view.image.src = coming.src);
  coming.src = large;
}

/** @param {Viewer} view @param {string} what */
function act(view, what) {
  if (what === "close") view.dialog.close();
  else if (what === "previous" && view.at > 0) show(view, view.at - 1);
  else if (what === "next" && view.at < view.links.length - 1) show(view, view.at + 1);
  else if (what === "first") show(view, 0);
  else if (what === "last") show(view, view.links.length - 1);
  else if (what === "larger" || what === "smaller") {
    view.zoom.by(what === "larger" ? STEP : 1 / STEP);
    sharpen(view);
  }
}

/** @type {Record<string, string>} */
const KEYS = { ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last", "+": "larger", "=": "larger", "-": "smaller" };

/** @param {Viewer} view @param {KeyboardEvent} event */
function pressed(view, event) {
  const what = KEYS[event.key];
  if (!what || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(view, what);
}

/** @param {Viewer} view @param {MouseEvent} event */
function clicked(view, event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-does]"));
  if (button) act(view, button.dataset.does || "");
}

/** The gallery may have been drawn anew meanwhile: its photo is found by its address. @param {Viewer} view */
function closed(view) {
  document.documentElement.removeAttribute("data-viewing");
  const link = view.links[view.at];
  const { href } = link;
  const now = link.isConnected ? link : linksOn(document).find((other) => other.href === href);
  leave(() => now && now.focus());
}

/** The photos that can be looked at here. @param {ParentNode} where */
export const linksOn = (where) => /** @type {HTMLAnchorElement[]} */ (Array.from(where.querySelectorAll("a[data-photo]")));
