// @ts-check
/** What a problem or case begun inside a visit takes over from it: the visit itself, its unit, its programmes. */
import { entries } from "./database.js";
import { fill, one } from "./fields.js";
import { chooseUnit } from "./units.js";

/**
 * A visit that is still on this phone is unknown to the server that made the page; so the page asks for it here.
 * @param {HTMLFormElement} form @param {import("./database.js").Entry} entry
 */
export async function inherit(form, entry) {
  const asked = new URLSearchParams(location.search).get("visit");
  if (!asked || entry.fields.length || form.querySelector('[name="visit"]')) return;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(asked)) return;
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: "visit", value: asked });
  form.prepend(hidden);
  const visit = (await entries()).find((other) => other.record === asked && other.kind === "visit" && other.owner === entry.owner);
  if (!visit) return;
  chooseUnit(form, one(visit.fields, "unit"), visit.unit_name);
  fill(form, visit.fields.filter(([name]) => name === "programmes"));
  const said = /** @type {HTMLElement | null} */ (form.querySelector("[data-from-visit]"));
  if (said) {
    said.textContent = (said.dataset.fromVisit || "").replace("{title}", one(visit.fields, "title") || one(visit.fields, "text").slice(0, 20));
    said.hidden = false;
  }
}
