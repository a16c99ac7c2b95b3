// @ts-check
/** Boxes on the page: an element each, which stays while its box changes, and a row of the form each. */
import { percent } from "./boxes.js";

/** @typedef {import("./boxes.js").Box} Box */
const FIELDS = ["left", "top", "wide", "high"];
const CORNERS = ["nw", "ne", "sw", "se"];

/** A row of the form as a box. @param {Element} row @returns {Box} */
export function read(row) {
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (row.querySelector(`[name="${name}"]`)).value;
  const gone = /** @type {HTMLInputElement | null} */ (row.querySelector('[name="gone"]'));
  const [x, y, width, height] = FIELDS.map((name) => (gone && gone.checked ? 0 : Number(field(name)) / 100));
  return { x, y, width, height, fixed: row.hasAttribute("data-fixed") };
}

/** @param {Box} box */
const sides = (box) => [box.x, box.y, box.width, box.height].map(percent);

/** @param {HTMLElement} stage @param {Box[]} boxes @param {DOMStringMap} words */
export function show(stage, boxes, words) {
  const there = Array.from(stage.querySelectorAll("[data-box]"));
  there.slice(boxes.length).forEach((element) => element.remove());
  boxes.forEach((box, at) => {
    const element = /** @type {HTMLElement} */ (there[at] || stage.appendChild(made(at)));
    Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height }).forEach(([name, part]) => element.style.setProperty(`--${name}`, String(part)));
    element.toggleAttribute("data-fixed", box.fixed);
    element.setAttribute("aria-label", ((box.fixed ? words.fixedName : words.name) || "").replace("{n}", String(at + 1)));
    element.querySelectorAll("[data-at]").forEach((handle) => handle.toggleAttribute("hidden", box.fixed));
  });
}

/** @param {HTMLElement} rows @param {Box[]} boxes */
export function write(rows, boxes) {
  rows.replaceChildren(...boxes.flatMap((box) => sides(box).map((value, n) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: FIELDS[n], value });
    return input;
  })));
}

/** @param {number} at */
function made(at) {
  const element = document.createElement("div");
  element.className = "mosaic-box";
  element.tabIndex = 0;
  element.dataset.box = String(at);
  element.setAttribute("role", "group");
  element.append(...CORNERS.map((corner) => {
    const handle = document.createElement("span");
    handle.className = "mosaic-handle";
    handle.dataset.at = corner;
    return handle;
  }));
  return element;
}

/** No box is held any more; the number of none. @param {HTMLElement} stage */
export function letGo(stage) {
  const held = /** @type {HTMLElement | null} */ (stage.querySelector("[data-box]:focus"));
  if (held) held.blur();
  return -1;
}

/** What the finger is upon. Browsers take something near it for what was meant, and so one face for the next. @param {PointerEvent} event @returns {HTMLElement} */
export function hit(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const { left, right, top, bottom } = target.getBoundingClientRect();
  const isUpon = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
  return isUpon ? target : /** @type {HTMLElement} */ (event.currentTarget);
}

/** Where the pointer is, in parts of the picture. @param {HTMLElement} stage @param {PointerEvent} event */
export function pointOf(stage, event) {
  const frame = stage.getBoundingClientRect();
  return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
}

/** @param {string} words @param {Box | undefined} box @param {number} at */
export function told(words, box, at) {
  const [left, top, wide, high] = box ? sides(box) : ["", "", "", ""];
  return words.replace("{n}", String(at + 1)).replace("{left}", left).replace("{top}", top).replace("{wide}", wide).replace("{high}", high);
}
