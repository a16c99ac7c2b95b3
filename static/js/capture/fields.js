// @ts-check
/**
 * Between a form and what is kept of it: its fields as typed (all of them, so that a draft made before the form changed
 * loses nothing), and the body that is sent. The form says what its fields are: data-capture (kind), data-lists (fields
 * that are lists), data-texts (fields looked through before sending).
 *
 * @typedef {import("./database.js").Fields} Fields
 */

/** What the phone itself makes of it, or what goes another way. */
const NOT_CONTENT = new Set([
  "version", "id", "held", "held_captions", "captions", "photos", "gone", "draft", "then", "find", "lat", "lon",
  "accuracy_m", "on_day", "at_time", "captured_at",
]);
const NEVER_KEPT = new Set(["version", "held", "held_captions", "captions", "photos", "gone", "draft", "then", "find"]);

/** @param {HTMLFormElement} form @returns {Fields} */
export function fieldsOf(form) {
  /** @type {Fields} */
  const found = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && !NEVER_KEPT.has(name) && value !== "") found.push([name, value]);
  });
  return found;
}

/**
 * Put kept fields back into the form. Those it has no place for are returned, to be kept on.
 * @param {HTMLFormElement} form @param {Fields} fields @returns {Fields}
 */
export function fill(form, fields) {
  /** @type {Fields} */
  const homeless = [];
  const waiting = new Map();
  fields.forEach(([name, value]) => waiting.set(name, [...(waiting.get(name) || []), value]));
  waiting.forEach((values, name) => {
    const inputs = controls(form, name);
    const ticks = inputs.filter((input) => input.type === "radio" || input.type === "checkbox");
    ticks.forEach((input) => {
      /** @type {HTMLInputElement} */ (input).checked = values.includes(input.value);
    });
    const texts = inputs.filter((input) => !ticks.includes(input));
    texts.forEach((input, index) => {
      if (index < values.length) put(form, input, values[index]);
    });
    const placed = ticks.length ? values.filter((/** @type {string} */ value) => ticks.some((tick) => tick.value === value)) : values.slice(0, texts.length);
    values.filter((/** @type {string} */ value) => !placed.includes(value)).forEach((/** @type {string} */ value) => homeless.push([name, value]));
  });
  form.querySelectorAll("details").forEach((part) => {
    if (isUsed(part)) part.open = true;
  });
  return homeless;
}

/** What is offered no more stays chosen until somebody chooses otherwise. @param {HTMLFormElement} form @param {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} input @param {string} value */
function put(form, input, value) {
  input.value = value;
  if (input.value !== value && input instanceof HTMLSelectElement) input.add(new Option(form.dataset.saidGone || value, value, true, true));
}

/** @param {HTMLFormElement} form @param {string} name @returns {(HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement)[]} */
function controls(form, name) {
  return /** @type {any[]} */ (Array.from(form.elements)).filter((one) => one.name === name && one.type !== "file");
}

/** @param {HTMLElement} part */
function isUsed(part) {
  const texts = /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input:not([type=radio]):not([type=checkbox]), textarea, select"));
  return Array.from(texts).some((input) => input.type !== "search" && input.value.trim() !== "") || part.querySelector("input[type=checkbox]:checked") !== null;
}

/**
 * What is sent: the names and shapes of the API.
 * @param {Fields} fields @param {{kind: string, lists: string[], id: string, base_version: number, photos: {sha256: string, caption: string, taken_at?: string}[], more: Object<string, any>}} about
 */
export function bodyOf(fields, about) {
  /** @type {Object<string, any>} */
  const body = { id: about.id, kind: about.kind, base_version: about.base_version, captured_at: momentOf(fields), place: placeOf(fields) };
  fields.forEach(([name, value]) => {
    if (NOT_CONTENT.has(name) || name.endsWith("_q")) return;
    if (about.lists.includes(name)) body[name] = [...(body[name] || []), value];
    else body[name] = value;
  });
  body.photos = about.photos.map(({ sha256, caption, taken_at }) => ({ sha256, caption, taken_at: taken_at || null }));
  return { ...body, ...about.more };
}

/** @param {Fields} fields @param {string} name */
export const one = (fields, name) => (fields.find(([known]) => known === name) || ["", ""])[1];

/** @param {Fields} fields */
function placeOf(fields) {
  const [lat, lon, accuracy] = ["lat", "lon", "accuracy_m"].map((name) => one(fields, name));
  if (!lat || !lon) return null;
  return { lat: Number(lat), lon: Number(lon), accuracy_m: accuracy ? Number(accuracy) : null };
}

/** The moment by the phone's clock; a day or time that was typed corrects it, noon without a time. @param {Fields} fields */
function momentOf(fields) {
  const captured = one(fields, "captured_at") || withOffset(new Date());
  const day = one(fields, "on_day");
  const time = one(fields, "at_time");
  if (!day && !time) return captured;
  const sameDay = !day || day === captured.slice(0, 10);
  const clock = time || (sameDay ? captured.slice(11, 16) : "12:00");
  return withOffset(new Date(`${day || captured.slice(0, 10)}T${clock}:00`));
}

/** @param {Date} moment like 2026-11-23T09:12:00+08:00 */
export function withOffset(moment) {
  const east = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + east * 60000).toISOString().slice(0, 19);
  const pair = [Math.abs(east) / 60, Math.abs(east) % 60].map((n) => String(Math.floor(n)).padStart(2, "0"));
  return `${local}${east < 0 ? "-" : "+"}${pair.join(":")}`;
}

/** The name of the unit that is chosen. @param {HTMLFormElement} form */
export function unitName(form) {
  const chosen = form.querySelector('input[name="unit"]:checked');
  const face = chosen && chosen.parentElement && chosen.parentElement.querySelector(".chip-face");
  return face && face.firstChild ? (face.firstChild.textContent || "").trim() : "";
}
