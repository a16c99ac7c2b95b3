// @ts-check
/**
 * <photo-pairs>: one pair of before and after at a time, turned by buttons; on request one is laid over the other, and a
 * finger on the picture or the slider below says how much of each is seen. Without scripts all pairs stand side by side.
 */

class PhotoPairs extends HTMLElement {
  connectedCallback() {
    const tools = /** @type {HTMLElement | null} */ (this.querySelector("[data-tools]"));
    if (!tools || this.hasAttribute("data-ready")) return;
    this.setAttribute("data-ready", "");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
      if (button && button.dataset.turn) this.turn(Number(button.dataset.turn));
      else if (button) this.overlay(button, button.getAttribute("aria-pressed") !== "true");
    });
    this.addEventListener("input", () => this.slid());
    this.addEventListener("pointerdown", (event) => !event.button && this.frame(event)?.setPointerCapture(event.pointerId));
    this.addEventListener("pointermove", (event) => this.frame(event)?.hasPointerCapture(event.pointerId) && this.cutAt(event));
    this.addEventListener("dragstart", (event) => this.frame(event) && event.preventDefault());
    this.addEventListener("click", (event) => this.tapped(event));
    this.turn(0);
    this.slid();
  }

  slid() {
    const input = /** @type {HTMLInputElement} */ (this.querySelector("[data-cut]"));
    this.style.setProperty("--cut", `${input.value}%`);
    input.setAttribute("aria-valuetext", (input.dataset.said || "").replace("{n}", input.value));
  }

  /** The picture that was touched, while one lies over the other. @param {Event} event @returns {HTMLElement | null} */
  frame(event) {
    return this.hasAttribute("data-over") ? /** @type {Element} */ (event.target).closest(".pair-frame") : null;
  }

  /** A tap moves the cut and opens nothing; Enter, which is no tap, opens the picture. @param {MouseEvent} event */
  tapped(event) {
    if (!this.frame(event) || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.cutAt(event);
  }

  /** @param {MouseEvent} event */
  cutAt(event) {
    const frame = this.frame(event);
    if (!frame) return;
    const { left, width } = frame.getBoundingClientRect();
    const input = /** @type {HTMLInputElement} */ (this.querySelector("[data-cut]"));
    input.value = String(Math.round(((event.clientX - left) / width) * 100)); // which keeps to its own bounds
    this.slid();
  }

  /** A button that leads nowhere stays as it is, so that it keeps the focus. @param {number} by */
  turn(by) {
    const pairs = Array.from(this.querySelectorAll(".pair"));
    const was = Math.max(0, pairs.findIndex((pair) => !pair.hasAttribute("hidden")));
    const now = Math.min(pairs.length - 1, Math.max(0, was + by));
    pairs.forEach((pair, at) => pair.toggleAttribute("hidden", at !== now));
    this.querySelectorAll("[data-turn]").forEach((button) => {
      const leads = pairs[now + Number(button.getAttribute("data-turn"))];
      button.setAttribute("aria-disabled", String(!leads));
    });
    const said = this.querySelector("[data-said-pair]");
    if (said) said.textContent = (this.dataset.position || "").replace("{n}", String(now + 1)).replace("{all}", String(pairs.length));
  }

  /** @param {Element} button @param {boolean} isOn */
  overlay(button, isOn) {
    button.setAttribute("aria-pressed", String(isOn));
    this.toggleAttribute("data-over", isOn);
    const slide = this.querySelector("[data-slide]");
    if (slide) slide.toggleAttribute("hidden", !isOn);
    if (isOn) this.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("photo-pairs", PhotoPairs);
