// @ts-check
/**
 * The picture on the stage: at once what the page has of it, in the place the large one will take, and the large one over
 * it when it has come; one larger still where it is enlarged. The neighbours are fetched ahead only after it is there.
 */

const SIGN_AFTER_MS = 1000;
const SHARPER_FROM = 1.3; // from here on the larger picture is worth its bytes

export class Picture {
  /** @param {HTMLElement} stage @param {HTMLImageElement} image @param {HTMLElement} sign says that one waits */
  constructor(stage, image, sign) {
    this.stage = stage;
    this.image = image;
    this.sign = sign;
    this.link = /** @type {HTMLAnchorElement | null} */ (null);
    this.near = /** @type {HTMLAnchorElement[]} */ ([]);
    this.ahead = /** @type {HTMLImageElement[]} */ ([]);
    this.timer = 0;
    image.addEventListener("load", () => this.arrived());
    image.addEventListener("error", () => this.failed());
    new ResizeObserver(() => this.fit()).observe(stage);
  }

  /** Show the photo of this link; `near` are to be fetched next. @param {HTMLAnchorElement} link @param {HTMLAnchorElement[]} near @param {string} alt */
  show(link, near, alt) {
    this.settle();
    this.timer = window.setTimeout(() => (this.sign.textContent = this.sign.dataset.said || ""), SIGN_AFTER_MS);
    this.link = link;
    this.near = near;
    this.image.removeAttribute("src"); // or the one before stays until this one has come
    this.image.alt = alt;
    this.image.style.setProperty("--there", there(link));
    this.fit();
    this.image.src = link.href;
    this.ahead.forEach((image) => image.removeAttribute("src")); // they would only take the line away from this one
    this.ahead = [];
  }

  arrived() {
    this.settle();
    this.ahead = this.near.map((link) => Object.assign(new Image(), { src: link.href }));
    this.near = [];
  }

  /** What was there already stays. */
  failed() {
    this.settle();
    this.image.removeAttribute("src");
  }

  settle() {
    window.clearTimeout(this.timer);
    this.sign.textContent = "";
  }

  /** As large as the stage lets it be, never larger than the photo is. */
  fit() {
    if (!this.link) return;
    const [width, height] = [Number(this.link.dataset.width) || 1280, Number(this.link.dataset.height) || 960];
    const scale = Math.min(1, this.stage.clientWidth / width, this.stage.clientHeight / height);
    this.image.style.setProperty("--wide", `${width * scale}px`);
    this.image.style.setProperty("--high", `${height * scale}px`);
  }

  /** Enlarged, the larger picture takes the place of the one that is there. @param {number} scale */
  sharpen(scale) {
    const { link, image } = this;
    const large = (link && link.dataset.large) || "";
    if (scale < SHARPER_FROM || !large || image.src.endsWith(large)) return;
    const coming = new Image();
    coming.onload = () => this.link === link && (image.src = coming.src);
    coming.src = large;
  }
}

/** What the page has of this photo: its small picture, or sixteen pixels of it; never those of another mosaic. @param {HTMLAnchorElement} link */
function there(link) {
  const [small, hint] = [".tile-image", ".tile-hint"].map((which) => /** @type {HTMLImageElement | null} */ (link.querySelector(which)));
  if (small && small.complete && small.naturalWidth) return `url("${small.currentSrc}")`;
  return hint ? `url("${hint.src}")` : "none";
}
