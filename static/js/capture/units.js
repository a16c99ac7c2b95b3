// @ts-check
/**
 * Units without a line: the list a phone has kept is searched by name, pinyin and initials, as the server would.
 *
 * @typedef {{id: string, name: string, short_name: string, pinyin: string, initials: string, lat: number|null, lon: number|null}} Unit
 */
import { keepNote, note } from "./database.js";
import { call } from "./line.js";

const OFFERED = 12;
const FRESH_MS = 6 * 3600 * 1000;

/** The chip of a unit. @param {string} name of the field @param {string} id @param {string} label */
function chip(name, id, label) {
  const whole = document.createElement("label");
  whole.className = "chip";
  const input = document.createElement("input");
  Object.assign(input, { className: "chip-input", type: "radio", name, value: id, required: true });
  const face = document.createElement("span");
  face.className = "chip-face";
  face.textContent = label;
  whole.append(input, face);
  return whole;
}

/** Choose a unit, whether or not the page offers it. @param {HTMLFormElement} form @param {string} id @param {string} label */
export function chooseUnit(form, id, label) {
  const units = form.querySelector('[data-units][data-name="unit"]');
  const place = units && units.querySelector("[data-unit-chosen]");
  if (!units || !place || !id) return;
  const known = Array.from(units.querySelectorAll("input")).find((input) => input.value === id);
  const whole = known ? known.closest(".chip") : chip("unit", id, label);
  const input = whole && whole.querySelector("input");
  if (!whole || !input) return;
  place.append(whole);
  input.checked = true;
}

/** Keep the list of units for when there is no line. */
export async function refresh() {
  const kept = await note("units");
  if (kept && Date.now() - kept.at < FRESH_MS) return;
  const answer = await call("GET", "/api/v1/units", { headers: kept && kept.etag ? { "If-None-Match": kept.etag } : {} });
  if (answer.status === 304) await keepNote("units", { ...kept, at: Date.now() });
  if (answer.status !== 200 || !answer.json || !Array.isArray(answer.json.items)) return;
  await keepNote("units", { at: Date.now(), etag: answer.header("ETag"), items: answer.json.items });
}

/** @param {string} typed @returns {Promise<Unit[]>} */
export async function search(typed) {
  const kept = await note("units");
  const text = typed.trim();
  const letters = text.normalize("NFKC").replace(/[\s']/g, "").toLowerCase();
  /** @type {Unit[]} */
  const all = (kept && kept.items) || [];
  const fits = (/** @type {Unit} */ unit) =>
    unit.name.includes(text) || unit.short_name.includes(text) || (/^[a-z0-9]+$/.test(letters) && (unit.initials.includes(letters) || unit.pinyin.startsWith(letters)));
  return all.filter(fits).slice(0, OFFERED);
}

/** @param {HTMLInputElement} field */
async function offer(field) {
  const units = /** @type {HTMLElement | null} */ (field.closest("[data-units]"));
  const list = units && units.querySelector("[data-unit-options]");
  if (!units || !list) return;
  const found = await search(field.value);
  if (found.length) list.replaceChildren(...found.map((unit) => chip(units.dataset.name || "unit", unit.id, unit.short_name || unit.name)));
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.matches("[data-unit-search]") && field.value.trim() && !navigator.onLine) offer(field);
});
document.addEventListener("htmx:error", (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.matches("[data-unit-search]") && field.value.trim()) offer(field);
});
