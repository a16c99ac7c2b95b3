// @ts-check
/**
 * <photo-pairs>: one pair of before and after at a time, chosen by a slider; on request one is laid over the other and a
 * second slider says how much of each is seen. Without scripts all pairs stand side by side.
 */

class PhotoPairs extends HTMLElement {
  connectedCallback() {
    const tools = /** @type {HTMLElement | null} */ (this.querySelector("[data-tools]"));
    if (!tools || this.hasAttribute("data-ready")) return;
    this.setAttribute("data-ready", "");
    tools.hidden = false;
    tools.addEventListener("input", (event) => this.slid(/** @type {HTMLInputElement} */ (event.target)));
    tools.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-overlay]");
      if (button) this.overlay(button, button.getAttribute("aria-pressed") !== "true");
    });
    this.querySelectorAll("input").forEach((input) => this.slid(input));
  }

  /** @param {HTMLInputElement} input */
  slid(input) {
    if (input.matches("[data-choice]")) this.choose(input);
    if (!input.matches("[data-cut]")) return;
    this.style.setProperty("--cut", `${input.value}%`);
    input.setAttribute("aria-valuetext", (input.dataset.said || "").replace("{n}", input.value));
  }

  /** @param {HTMLInputElement} input */
  choose(input) {
    const pairs = Array.from(this.querySelectorAll(".pair"));
    pairs.forEach((pair, at) => pair.toggleAttribute("hidden", at !== Number(input.value) - 1));
    const words = (this.dataset.position || "").replace("{n}", input.value).replace("{all}", String(pairs.length));
    const said = this.querySelector("[data-said-pair]");
    if (said) said.textContent = words;
    input.setAttribute("aria-valuetext", words);
  }

  /** @param {Element} button @param {boolean} isOn */
  overlay(button, isOn) {
    button.setAttribute("aria-pressed", String(isOn));
    this.toggleAttribute("data-over", isOn);
    const slide = this.querySelector("[data-slide]");
    if (slide) slide.toggleAttribute("hidden", !isOn);
  }
}

customElements.define("photo-pairs", PhotoPairs);
