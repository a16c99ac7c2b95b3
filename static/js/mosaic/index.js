// @ts-check
/**
 * <photo-mosaic>: boxes are drawn, moved, resized and deleted by finger, mouse or keys; the rows of the form, which stand
 * there without scripts, hold what is sent. A second finger ends what the first began: it enlarges the page.
 */
import { between, dragged, stepped } from "./boxes.js";
import { hit, letGo, pointOf, read, show, told, write } from "./drawing.js";
import { askBeforeLeaving } from "./leaving.js";
import { followZoom, isSliver } from "./zooming.js";

/** @typedef {import("./boxes.js").Box} Box */
const TAP_PX = 8;

class PhotoMosaic extends HTMLElement {
  constructor() {
    super();
    this.stage = this.rows = /** @type {HTMLElement} */ (this);
    this.boxes = /** @type {Box[]} */ ([]);
    this.steps = /** @type {Box[][]} */ ([]);
    this.drag = /** @type {import("./boxes.js").Drag | null} */ (null);
    this.chosen = -1;
  }

  connectedCallback() {
    if (this.hasAttribute("data-ready")) return;
    this.stage = /** @type {HTMLElement} */ (this.querySelector("[data-stage]"));
    this.rows = /** @type {HTMLElement} */ (this.querySelector("[data-rows]"));
    this.boxes = Array.from(this.querySelectorAll("[data-row]")).map(read).filter((box) => box.width > 0 && box.height > 0);
    this.setAttribute("data-ready", "");
    this.querySelectorAll("[data-plain]").forEach((part) => part.remove());
    this.querySelectorAll("[data-tools], [data-hint]").forEach((part) => part.removeAttribute("hidden"));
    this.stage.addEventListener("pointerdown", (event) => this.down(event));
    this.stage.addEventListener("pointermove", (event) => this.move(event));
    this.stage.addEventListener("pointerup", (event) => this.up(event));
    this.stage.addEventListener("pointercancel", () => this.cancel());
    this.stage.addEventListener("keydown", (event) => this.pressed(event));
    this.stage.addEventListener("focusin", (event) => this.choose(Number(/** @type {HTMLElement} */ (event.target).dataset.box)));
    this.addEventListener("click", (event) => this.act(/** @type {Element} */ (event.target).closest("[data-does]")));
    askBeforeLeaving(() => JSON.stringify(this.boxes));
    followZoom(this.stage);
    this.draw();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button) return;
    if (!event.isPrimary) return this.cancel();
    const target = hit(event);
    const box = /** @type {HTMLElement | null} */ (target.closest("[data-box]"));
    const at = box && !box.hasAttribute("data-fixed") ? Number(box.dataset.box) : -1;
    this.drag = { id: event.pointerId, ...pointOf(this.stage, event), at, corner: target.dataset.at || "", was: this.boxes, far: false };
    this.stage.setPointerCapture(event.pointerId);
    if (box && at >= 0) box.focus({ preventScroll: true });
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  move(event) {
    const drag = this.drag;
    if (!drag || drag.id !== event.pointerId) return;
    const [{ x, y }, frame] = [pointOf(this.stage, event), this.stage.getBoundingClientRect()];
    drag.far = drag.far || Math.hypot((x - drag.x) * frame.width, (y - drag.y) * frame.height) > TAP_PX;
    if (!drag.far) return;
    this.boxes = dragged(drag, { x, y });
    this.draw();
  }

  /** @param {PointerEvent} event */
  up(event) {
    const drag = this.drag;
    if (!drag || drag.id !== event.pointerId) return;
    if (drag.far && drag.at < 0 && isSliver(this.boxes[this.boxes.length - 1], this.stage, TAP_PX)) return this.cancel("narrow");
    this.drag = null;
    if (drag.far) this.changed(drag.was, drag.at < 0 ? this.boxes.length - 1 : drag.at, drag.at < 0 ? "added" : "place");
    if (drag.at < 0 && (!drag.far || event.pointerType === "touch")) this.choose(letGo(this.stage)); // the next face may be beside it
  }

  cancel(why = "") {
    if (this.drag) this.boxes = this.drag.was;
    this.drag = null;
    this.draw();
    if (why) this.say(why, -1);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const [at, was] = [this.chosen, this.boxes];
    if (!was[at] || was[at].fixed || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = stepped(was[at], event.key, event.shiftKey);
    if (event.key === "Delete" || event.key === "Backspace") this.remove();
    else if (!box) return;
    else {
      this.boxes = was.map((one, n) => (n === at ? box : one));
      this.changed(was, at, "place");
    }
    event.preventDefault();
  }

  /** @param {Element | null} button */
  act(button) {
    const does = button && button.getAttribute("data-does");
    if (does === "remove") this.remove();
    else if (does === "undo" && this.steps.length) {
      this.boxes = this.steps.pop() || [];
      this.chosen = -1;
      this.draw();
      this.say("undone", -1);
    } else if (does === "add") {
      this.boxes = [...this.boxes, between(0.375, 0.375, 0.625, 0.625)];
      this.changed(this.boxes.slice(0, -1), this.boxes.length - 1, "added");
    }
  }

  remove() {
    const [was, at] = [this.boxes, this.chosen];
    if (!was[at] || was[at].fixed) return;
    this.boxes = was.filter((_box, n) => n !== at);
    this.changed(was, -1, "gone", at);
    /** @type {HTMLElement} */ (this.querySelector('[data-does="add"]')).focus();
  }

  /** @param {Box[]} was @param {number} at @param {string} words @param {number} [told] */
  changed(was, at, words, told = at) {
    this.steps.push(was);
    this.draw();
    this.choose(at);
    /** @type {HTMLElement | null} */ (this.stage.querySelector(`[data-box="${at}"]`))?.focus({ preventScroll: true });
    this.say(words, told);
  }

  /** @param {number} at */
  choose(at) {
    this.chosen = at;
    const box = this.boxes[at];
    this.querySelectorAll('[data-does="remove"]').forEach((button) => button.toggleAttribute("disabled", !box || box.fixed));
  }
  draw() {
    show(this.stage, this.boxes, this.dataset);
    write(this.rows, this.boxes);
    this.querySelectorAll('[data-does="undo"]').forEach((button) => button.toggleAttribute("disabled", !this.steps.length));
  }

  /** @param {string} what @param {number} at */
  say(what, at) {
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = told(this.dataset[what] || "", this.boxes[at], at);
  }
}

customElements.define("photo-mosaic", PhotoMosaic);
