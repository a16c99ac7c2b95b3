// @ts-check
/**
 * <photo-picker>: two file inputs (camera, album) become a numbered tray of photos that travel with the form.
 * WeChat's browser picks one file at a time, so each chosen input is kept in the tray and an empty one takes its place.
 * Limits and words come from data- attributes; undefined, the two inputs work as plain ones.
 */
class PhotoPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this);
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.type === "change" && target instanceof HTMLInputElement && target.type === "file") this.take(target);
    const remove = event.type === "click" && target.closest("[data-remove]");
    if (remove) this.remove_(/** @type {HTMLElement} */ (remove.closest("li")));
  }

  get tray() {
    return /** @type {HTMLElement} */ (this.querySelector("ol"));
  }

  /** @param {HTMLInputElement} input */
  take(input) {
    const file = input.files && input.files[0];
    if (!file) return;
    const refusal = this.refusal(file);
    if (refusal) {
      input.value = "";
      return this.say(refusal);
    }
    const fresh = Object.assign(/** @type {HTMLInputElement} */ (input.cloneNode()), { value: "" });
    input.replaceWith(fresh);
    const item = this.item(input, file);
    this.tray.append(item);
    this.number();
    fresh.focus({ preventScroll: true });
    item.dispatchEvent(new CustomEvent("photo-added", { bubbles: true, detail: { file } }));
  }

  /** A photo kept on this phone, shown again. @param {Blob} blob @param {string} caption */
  restore(blob, caption) {
    const input = document.createElement("input");
    input.type = "hidden";
    const item = this.item(input, blob);
    /** @type {HTMLInputElement} */ (item.querySelector(".photo-words")).value = caption;
    this.tray.append(item);
    this.number();
    return item;
  }

  /** @param {File} file @returns {string} why it is not taken, or "" */
  refusal(file) {
    if (this.tray.children.length >= Number(this.dataset.limit)) return this.dataset.saidLimit || "";
    if (file.size > Number(this.dataset.bytes)) return this.dataset.saidBytes || "";
    if (file.type && !file.type.startsWith("image/")) return this.dataset.saidKind || "";
    return "";
  }

  /**
   * @param {HTMLInputElement} input
   * @param {Blob} file
   */
  item(input, file) {
    const item = Object.assign(document.createElement("li"), { className: "photo" });
    input.hidden = true;
    item.append(this.frame(file), input, this.caption());
    return item;
  }

  /** @param {Blob} file */
  frame(file) {
    const frame = Object.assign(document.createElement("div"), { className: "photo-frame" });
    const image = document.createElement("img");
    image.className = "photo-image";
    image.width = image.height = 104;
    image.src = URL.createObjectURL(file);
    image.addEventListener("error", () => image.replaceWith(this.unseen(file)));
    const number = Object.assign(document.createElement("span"), { className: "photo-number" });
    frame.append(image, number, this.removal());
    return frame;
  }

  /** What stands for a picture this browser cannot show (HEIC), or whose bytes are lost. @param {Blob} file */
  unseen(file) {
    const textContent = (file.size ? this.dataset.wordUnseen : this.dataset.wordLost) || "";
    return Object.assign(document.createElement("span"), { className: "photo-image photo-unseen", textContent });
  }

  removal() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "photo-remove" });
    button.setAttribute("data-remove", "");
    const icon = this.querySelector("template");
    if (icon) button.append(icon.content.cloneNode(true));
    return button;
  }

  caption() {
    const caption = document.createElement("input");
    caption.className = "input photo-words";
    caption.name = "captions";
    caption.maxLength = 200;
    caption.placeholder = this.dataset.wordShort || "";
    return caption;
  }

  /** @param {HTMLElement} item */
  remove_(item) {
    const image = item.querySelector("img");
    if (image && image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
    const next = /** @type {HTMLElement | null} */ (item.nextElementSibling || item.previousElementSibling);
    item.remove();
    this.number();
    this.dispatchEvent(new CustomEvent("photo-removed", { bubbles: true }));
    const focus = /** @type {HTMLElement | null} */ ((next || this).querySelector("[data-remove], .photo-add input"));
    if (focus) focus.focus({ preventScroll: true });
  }

  /** Numbers follow the order in which the photos will arrive. */
  number() {
    const { wordPhoto = "", wordRemove = "", wordCaption = "", saidCount = "" } = this.dataset;
    const items = Array.from(this.tray.children);
    items.forEach((item, index) => {
      const n = String(index + 1);
      const [image, number, button, words] = [".photo-image", ".photo-number", "[data-remove]", ".photo-words"].map((name) => item.querySelector(name));
      if (image) image.setAttribute("alt", `${wordPhoto} ${n}`);
      if (number) number.textContent = n;
      if (button) button.setAttribute("aria-label", `${wordRemove} ${n}`);
      if (words) words.setAttribute("aria-label", `${wordCaption} ${n}`);
    });
    this.say(items.length ? `${items.length} ${saidCount}` : "");
  }

  /** @param {string} words */
  say(words) {
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = words;
  }
}

customElements.define("photo-picker", PhotoPicker);
