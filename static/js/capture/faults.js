// @ts-check
/**
 * What is wrong with a form, said at its fields in the same shape the server gives it; and the fields looked through for
 * what must not be sent through a system that is not for secrets.
 */
import { one } from "./fields.js";

/** @typedef {Object<string, string[]>} Faults */

/** @param {HTMLFormElement} form @param {Faults} faults */
export function show(form, faults) {
  clear(form);
  const names = Object.keys(faults);
  names.forEach((name) => {
    const place = form.querySelector(`#f-${name}`);
    const field = place && (place.closest(".field") || place);
    const input = /** @type {HTMLElement | null} */ (place && (place.matches("input, textarea, select") ? place : place.querySelector("input:not([type=hidden])")));
    faults[name].forEach((words, index) => (field || form).append(said(words, `f-${name}-fault${index ? index + 1 : ""}`)));
    if (!input) return;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `f-${name}-fault`);
    const folded = input.closest("details");
    if (folded) folded.open = true;
  });
  const first = /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid="true"]'));
  if (first) first.focus();
}

/** @param {HTMLFormElement} form */
export function clear(form) {
  form.querySelectorAll(".fault").forEach((fault) => fault.remove());
  form.querySelectorAll('[aria-invalid="true"]').forEach((input) => {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  });
}

/** @param {string} words @param {string} id */
function said(words, id) {
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.id = id;
  const span = document.createElement("span");
  span.textContent = words;
  fault.append(span);
  return fault;
}

/**
 * What is missing: a unit, and one sentence.
 * @param {HTMLFormElement} form @param {import("./database.js").Fields} fields @returns {Faults}
 */
export function missing(form, fields) {
  /** @type {Faults} */
  const faults = {};
  if (!one(fields, "unit")) faults.unit = [form.dataset.saidUnit || ""];
  if (!one(fields, "text").trim() && !one(fields, "title").trim()) faults.text = [form.dataset.saidText || ""];
  return faults;
}
