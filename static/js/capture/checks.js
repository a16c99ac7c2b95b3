// @ts-check
/** What must not be sent, found before it leaves the phone; the rules and the words for it stand in the form. */
import { findings } from "./sendable.js";

/**
 * @param {HTMLFormElement} form @param {import("./database.js").Fields} fields
 * @param {import("./database.js").Picture[]} pictures @param {Object<string, boolean>} choices mask or keep_phones
 * @returns {Object<string, string[]>} messages by field
 */
export function objections(form, fields, pictures, choices) {
  /** @type {Object<string, string[]>} */
  const found = {};
  textsOf(form, fields, pictures).forEach(([name, value]) => {
    const said = wordsFor(form, value, name === "contact" ? { keep_phones: true } : choices);
    const length = Array.from(value).length;
    const longest = name === "photos" ? 200 : Number(form.dataset.longest);
    if (longest && length > longest) said.push((form.dataset.saidLong || "").replace("{max}", String(longest)).replace("{n}", String(length)));
    if (said.length) found[name] = [...(found[name] || []), ...said];
  });
  return found;
}

/** Offer to mask phone numbers where a text has some. @param {HTMLFormElement} form @param {import("./database.js").Fields} fields */
export function offerMask(form, fields) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-phone-offer]"));
  const rules = rulesOf(form);
  const has = textsOf(form, fields, []).some(([name, value]) => name !== "contact" && findings(value, rules).some((one) => one.kind === "phone"));
  if (place) place.hidden = !has;
}

/** The text with the middle four digits of every phone number hidden, as the server would. @param {string} text @param {import("./sendable.js").Rules} rules */
export function masked(text, rules) {
  const units = Array.from({ length: text.length }, (_, at) => text[at]);
  findings(text, rules).filter((one) => one.kind === "phone").forEach(({ start, end }) => {
    const digits = units.map((_, at) => at).slice(start, end).filter((at) => /\p{Nd}/u.test(units[at]));
    digits.slice(3, 7).forEach((at) => (units[at] = "*"));
  });
  return units.join("");
}

/** Hide the phone numbers in the form itself, so that this phone does not keep them either. @param {HTMLFormElement} form */
export function maskIn(form) {
  const texts = new Set((form.dataset.texts || "").split(" "));
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("textarea, input:not([type=hidden])"));
  inputs.forEach((input) => {
    if ((texts.has(input.name) && input.name !== "contact") || input.classList.contains("photo-words")) input.value = masked(input.value, rulesOf(form));
  });
}

/** Where in a text what must not be sent stands: pieces, those to be marked with true. @param {string} text @param {import("./sendable.js").Rules} rules @returns {[string, boolean][]} */
export function marked(text, rules) {
  /** @type {[string, boolean][]} */
  const pieces = [];
  let at = 0;
  findings(text, rules).filter((one) => one.kind !== "phone").forEach(({ start, end }) => {
    pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  });
  return [...pieces, [text.slice(at), false]];
}

/** @param {HTMLElement} place whatever carries data-rules @returns {import("./sendable.js").Rules} */
export const rulesOf = (place) => JSON.parse(place.dataset.rules || '{"marks": [], "other_name": "$^", "said": {}}');

/**
 * @param {HTMLFormElement} form @param {import("./database.js").Fields} fields
 * @param {import("./database.js").Picture[]} pictures @returns {[string, string][]}
 */
function textsOf(form, fields, pictures) {
  const texts = new Set((form.dataset.texts || "").split(" "));
  return [...fields.filter(([name]) => texts.has(name)), ...pictures.map(({ caption }) => /** @type {[string, string]} */ (["photos", caption]))];
}

/** @param {HTMLFormElement} form @param {string} text @param {Object<string, boolean>} choices */
function wordsFor(form, text, choices) {
  const rules = rulesOf(form);
  const all = findings(text, rules);
  const stopping = all.filter((one) => one.kind !== "phone");
  const named = stopping.length ? stopping : choices.mask || choices.keep_phones ? [] : all;
  return Array.from(new Set(named.map((one) => (rules.said[one.kind] || "").replace("{shown}", one.shown))));
}
