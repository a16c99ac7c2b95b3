// @ts-check
/** Fingers and mouse on the stage: a swipe turns to the next photo, two fingers or a double tap enlarge, one moves. */

const SWIPE_PX = 50;
const TAP_PX = 10;
const TAP_MS = 300;
const DOUBLE = 2.5;

/** @typedef {import("./zoom.js").Zoom} Zoom */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ turn: (by: number) => void, changed: () => void }} Ears */

/** @param {HTMLElement} stage @param {Zoom} zoom @param {Ears} ears */
export function follow(stage, zoom, ears) {
  /** @type {Map<number, Point>} */
  const fingers = new Map();
  let start = { x: 0, y: 0, at: 0, wasPinched: false };
  let tap = { x: 0, y: 0, at: 0 };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, pointOf(event));
    if (fingers.size === 1) start = { ...pointOf(event), at: event.timeStamp, wasPinched: false };
    else start.wasPinched = true;
  });

  stage.addEventListener("pointermove", (event) => {
    const was = fingers.get(event.pointerId);
    if (!was) return;
    const now = pointOf(event);
    const other = Array.from(fingers).find(([id]) => id !== event.pointerId);
    if (other) {
      const ratio = apart(now, other[1]) / Math.max(1, apart(was, other[1]));
      zoom.by(ratio, { x: (now.x + other[1].x) / 2, y: (now.y + other[1].y) / 2 });
    } else if (zoom.isLarge) zoom.move(now.x - was.x, now.y - was.y);
    else if (!start.wasPinched) zoom.pull(now.x - start.x);
    fingers.set(event.pointerId, now);
  });

  const lift = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    zoom.pull(0);
    ears.changed();
    if (start.wasPinched || event.type === "pointercancel") return;
    const end = pointOf(event);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    if (!zoom.isLarge && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) ears.turn(dx < 0 ? 1 : -1);
    else if (apart(start, end) < TAP_PX) tapped(end, event.timeStamp);
  };

  /** @param {Point} point @param {number} at */
  function tapped(point, at) {
    const isSecond = at - tap.at < TAP_MS && apart(tap, point) < 3 * TAP_PX;
    tap = { ...point, at: isSecond ? 0 : at };
    if (!isSecond) return;
    if (zoom.isLarge) zoom.reset();
    else zoom.by(DOUBLE, point);
    ears.changed();
  }

  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
}

/** @param {PointerEvent} event @returns {Point} */
const pointOf = (event) => ({ x: event.clientX, y: event.clientY });

/** @param {Point} one @param {Point} other */
const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
