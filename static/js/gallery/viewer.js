// @ts-check
/**
 * The viewer: one photo over the whole screen, its place among the others, caption, facts and tools; keys, buttons and
 * fingers turn, enlarge and close it. Focus goes back to the photo in the page.
 */
import { enter, leave } from "./back.js";
import { follow } from "./fingers.js";
import { Picture } from "./picture.js";
import { Tools } from "./tools.js";
import { Zoom } from "./zoom.js";

const STEP = 1.6;

/** @typedef {{ dialog: HTMLDialogElement, picture: Picture, tools: Tools, zoom: Zoom, links: HTMLAnchorElement[], at: number }} Viewer */
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
  const [stage, sign, slot] = ["stage", "sign", "tools"].map((name) => /** @type {HTMLElement} */ (dialog.querySelector(`[data-${name}]`)));
  const [picture, tools, zoom] = [new Picture(stage, image, sign), new Tools(slot), new Zoom(stage, image)];
  const view = { dialog, picture, tools, zoom, links: [], at: 0 };
  dialog.addEventListener("keydown", (event) => pressed(view, event));
  dialog.addEventListener("click", (event) => clicked(view, event));
  dialog.addEventListener("close", () => closed(view));
  image.addEventListener("error", () => say(view, "[data-caption]", dialog.dataset.failed || ""));
  follow(stage, view.zoom, { turn: (by) => show(view, view.at + by), changed: () => view.picture.sharpen(view.zoom.scale) });
  return view;
}

/** @param {Viewer} view @param {number} at */
function show(view, at) {
  const link = view.links[at];
  if (!link) return view.zoom.reset();
  view.at = at;
  const { caption = "", facts = "", photo = "" } = link.dataset;
  const place = (view.dialog.dataset.position || "").replace("{n}", String(at + 1)).replace("{all}", String(view.links.length));
  say(view, "[data-place]", place);
  say(view, "[data-caption]", caption);
  say(view, "[data-facts]", facts);
  can(view, "previous", at > 0);
  can(view, "next", at < view.links.length - 1);
  if (!view.tools.show(photo)) button(view, "close").focus();
  view.zoom.reset();
  view.picture.show(link, [at + 1, at - 1].flatMap((near) => view.links[near] || []), caption || place);
}

/** @param {Viewer} view @param {string} where @param {string} words */
function say(view, where, words) {
  const place = view.dialog.querySelector(where);
  if (place) place.textContent = words;
}

/** A button that leads nowhere stays where it is, so that it keeps the focus. @param {Viewer} view @param {string} what @param {boolean} may */
const can = (view, what, may) => button(view, what).setAttribute("aria-disabled", String(!may));

/** @param {Viewer} view @param {string} what @returns {HTMLElement} */
const button = (view, what) => /** @type {HTMLElement} */ (view.dialog.querySelector(`[data-does="${what}"]`));

/** @param {Viewer} view @param {string} what */
function act(view, what) {
  if (what === "close") view.dialog.close();
  else if (what === "previous" && view.at > 0) show(view, view.at - 1);
  else if (what === "next" && view.at < view.links.length - 1) show(view, view.at + 1);
  else if (what === "first") show(view, 0);
  else if (what === "last") show(view, view.links.length - 1);
  else if (what === "larger" || what === "smaller") {
    view.zoom.by(what === "larger" ? STEP : 1 / STEP);
    view.picture.sharpen(view.zoom.scale);
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
  const pressed = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-does]"));
  if (pressed) act(view, pressed.dataset.does || "");
}

/** The gallery may have been drawn anew meanwhile: its photo is found by its address. @param {Viewer} view */
function closed(view) {
  document.documentElement.removeAttribute("data-viewing");
  view.picture.settle();
  view.tools.putBack();
  const link = view.links[view.at];
  const { href } = link;
  const now = link.isConnected ? link : linksOn(document).find((other) => other.href === href);
  leave(() => now && now.focus());
}

/** The photos that can be looked at here. @param {ParentNode} where */
export const linksOn = (where) => /** @type {HTMLAnchorElement[]} */ (Array.from(where.querySelectorAll("a[data-photo]")));
