// @ts-check
/**
 * What may be done with the photo that is shown: the tools below its tile stand in the viewer as long as it is, the very
 * same form, and go back with what has become of them. So the tile and the viewer always agree.
 */

export class Tools {
  /** @param {HTMLElement} slot */
  constructor(slot) {
    this.slot = slot;
    this.photo = "";
  }

  /** Those of this photo; false where the focus was on others and finds none here. @param {string} photo its hash */
  show(photo) {
    const hadFocus = this.slot.contains(document.activeElement);
    this.putBack();
    this.photo = photo;
    const tools = toolsOf(photo);
    if (tools) {
      tools.replaceWith(Object.assign(document.createElement("div"), { className: "tile-tools" })); // which keeps the place
      this.slot.append(tools);
    }
    const first = /** @type {HTMLElement | null} */ (this.slot.querySelector("button, a"));
    if (hadFocus && first) first.focus();
    return !hadFocus || first !== null;
  }

  /** The tile may have been drawn anew meanwhile. */
  putBack() {
    const tools = this.slot.firstElementChild;
    const place = toolsOf(this.photo);
    if (tools) settle(tools);
    if (tools && place) place.replaceWith(tools);
    this.slot.textContent = "";
  }
}

/** @param {string} photo */
function toolsOf(photo) {
  const tools = document.querySelector(`[id="photo-${photo}"] > .tile-tools`);
  if (tools) settle(tools);
  return tools;
}

/** What came as an answer took the focus; moved, it must not take it again. @param {Element} tools */
const settle = (tools) => tools.querySelectorAll("[autofocus]").forEach((button) => button.removeAttribute("autofocus"));
