// @ts-check
/** How large the picture is on its stage and where it lies; never smaller than the stage, never off it. */

const MOST = 6;

export class Zoom {
  /** @param {HTMLElement} stage @param {HTMLElement} image */
  constructor(stage, image) {
    this.stage = stage;
    this.image = image;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
  }

  get isLarge() {
    return this.scale > 1.01;
  }

  reset() {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.draw();
  }

  /** Enlarge by this much around a point of the screen, or around the middle. @param {number} factor @param {{ x: number, y: number }} [around] */
  by(factor, around) {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    const x = around ? around.x - left - width / 2 : 0;
    const y = around ? around.y - top - height / 2 : 0;
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    const grown = scale / this.scale;
    this.x = x - (x - this.x) * grown;
    this.y = y - (y - this.y) * grown;
    this.scale = scale;
    this.keepOn();
    this.draw();
  }

  /** @param {number} dx @param {number} dy */
  move(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.keepOn();
    this.draw();
  }

  /** How far a finger has drawn the whole picture aside. @param {number} dx */
  pull(dx) {
    this.stage.style.setProperty("--pull", `${dx}px`);
  }

  keepOn() {
    const far = (/** @type {number} */ inner, /** @type {number} */ outer) => Math.max(0, (inner * this.scale - outer) / 2);
    const x = far(this.image.offsetWidth, this.stage.clientWidth);
    const y = far(this.image.offsetHeight, this.stage.clientHeight);
    this.x = Math.min(x, Math.max(-x, this.x));
    this.y = Math.min(y, Math.max(-y, this.y));
  }

  draw() {
    const { style } = this.image;
    style.setProperty("--scale", this.scale.toFixed(3));
    style.setProperty("--x", `${this.x.toFixed(1)}px`);
    style.setProperty("--y", `${this.y.toFixed(1)}px`);
    this.pull(0);
  }
}
