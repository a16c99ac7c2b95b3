// @ts-check
/** Boxes in parts of the picture, 0 to 1: moved and resized within it, never smaller than a hundredth. */

/** @typedef {{ x: number, y: number, width: number, height: number, fixed: boolean }} Box */
/** @typedef {{ id: number, x: number, y: number, at: number, corner: string, was: Box[], far: boolean }} Drag */

export const LEAST = 0.01;
const STEP = 0.01;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** @param {number} value @param {number} low @param {number} high */
export const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** The box between two points. @param {number} x @param {number} y @param {number} toX @param {number} toY @returns {Box} */
export function between(x, y, toX, toY) {
  const [left, right] = [within(Math.min(x, toX), 0, 1 - LEAST), within(Math.max(x, toX), LEAST, 1)];
  const [top, bottom] = [within(Math.min(y, toY), 0, 1 - LEAST), within(Math.max(y, toY), LEAST, 1)];
  return { x: left, y: top, width: Math.max(LEAST, right - left), height: Math.max(LEAST, bottom - top), fixed: false };
}

/** @param {Box} box @param {number} dx @param {number} dy @returns {Box} */
export const moved = (box, dx, dy) => ({ ...box, x: within(box.x + dx, 0, 1 - box.width), y: within(box.y + dy, 0, 1 - box.height) });

/** A corner ("nw", "ne", "sw", "se") pulled. @param {Box} box @param {string} corner @param {number} dx @param {number} dy */
export function pulled(box, corner, dx, dy) {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const [west, north] = [corner.includes("w"), corner.includes("n")];
  const x = west ? within(box.x + dx, 0, right - LEAST) : box.x;
  const y = north ? within(box.y + dy, 0, bottom - LEAST) : box.y;
  const toX = west ? right : within(right + dx, box.x + LEAST, 1);
  const toY = north ? bottom : within(bottom + dy, box.y + LEAST, 1);
  return { ...box, x, y, width: toX - x, height: toY - y };
}

/** @param {number} part */
export const percent = (part) => String(Math.round(part * 10000) / 100);

/** The boxes with the pointer here: a new one where none was held. @param {Drag} drag @param {{ x: number, y: number }} here */
export function dragged(drag, here) {
  const [dx, dy] = [here.x - drag.x, here.y - drag.y];
  if (drag.at < 0) return [...drag.was, between(drag.x, drag.y, here.x, here.y)];
  return drag.was.map((box, n) => (n !== drag.at ? box : drag.corner ? pulled(box, drag.corner, dx, dy) : moved(box, dx, dy)));
}

/** The box a key moves or, with Shift, resizes; null for other keys. @param {Box} box @param {string} key @param {boolean} resizes */
export function stepped(box, key, resizes) {
  const arrow = ARROWS[key];
  return arrow ? (resizes ? pulled(box, "se", ...arrow) : moved(box, ...arrow)) : null;
}
