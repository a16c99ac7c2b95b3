// @ts-check
/**
 * The unit picker's hands: a picked chip moves to the front and stays there when another search replaces the list;
 * Enter in the search field searches instead of sending the form; arrow down goes into the list.
 */

/** @param {Element} from */
function parts(from) {
  const units = from.closest("[data-units]");
  const chosen = units && units.querySelector("[data-unit-chosen]");
  const options = units && units.querySelector("[data-unit-options]");
  return chosen && options ? { chosen, options } : null;
}

/** @param {HTMLInputElement} radio */
function choose(radio) {
  const found = parts(radio);
  const chip = radio.closest(".chip");
  if (!found || !chip || found.chosen.contains(chip)) return;
  found.options.prepend(...Array.from(found.chosen.children));
  found.chosen.append(chip);
  radio.focus({ preventScroll: true });
}

/** A list fetched anew may hold the unit that is already chosen. @param {Element} units */
function dropTwins(units) {
  const found = parts(units);
  const radio = /** @type {HTMLInputElement | null} */ (found && found.chosen.querySelector("input"));
  if (!found || !radio) return;
  found.options.querySelectorAll("input").forEach((twin) => {
    const chip = twin.closest(".chip");
    if (twin.value === radio.value && chip) chip.remove();
  });
}

document.addEventListener("change", (event) => {
  const radio = event.target;
  if (radio instanceof HTMLInputElement && radio.type === "radio" && radio.closest("[data-unit-options]")) choose(radio);
});

document.addEventListener("keydown", (event) => {
  const search = event.target;
  if (!(search instanceof HTMLInputElement) || !search.matches("[data-unit-search]") || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    search.dispatchEvent(new Event("search", { bubbles: true }));
  }
  if (event.key === "ArrowDown") {
    const found = parts(search);
    const first = found && found.options.querySelector("input");
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
});

document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-units]").forEach(dropTwins));
