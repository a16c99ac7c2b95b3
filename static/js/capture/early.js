// @ts-check
/**
 * Drafts also go to the server early while there is a line, for their author alone: browsers inside other apps forget
 * what they were told to keep, or keep nothing at all. Text that must not be sent does not go.
 */
import { objections } from "./checks.js";
import { fieldsOf } from "./fields.js";
import { callJson } from "./line.js";

/** @typedef {import("./database.js").Fields} Fields */

const EVERY_MS = 15000;
const ALONE_EVERY_MS = 5000; // nothing else keeps it

/** @param {import("./sheet.js").Sheet} sheet */
export function follow(sheet) {
  const push = pusher();
  window.setInterval(() => {
    const { form, entry } = sheet;
    if (sheet.isOver || form.dataset.dirty === undefined || entry.id !== entry.record) return;
    push(form, entry.kind, entry.record, sheet.fields());
  }, EVERY_MS);
}

/** The form itself, where the browser keeps nothing. It says when it was kept, as it does elsewhere. @param {HTMLFormElement} opened */
export function followForm(opened) {
  const push = pusher();
  const isWritten = new Set();
  document.addEventListener("input", (event) => isWritten.add(/** @type {HTMLInputElement} */ (event.target).form));
  window.setInterval(async () => {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-capture]")) || opened; // a fragment may have brought it anew
    const id = form.dataset.record ? null : /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=id]"));
    if (!id || !(isWritten.has(form) || form !== opened) || form.dataset.busy !== undefined) return;
    const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
    const isKept = await push(form, form.dataset.capture || "", id.value, fieldsOf(form).filter(([name]) => name !== "id"));
    if (isKept && place) place.textContent = `${place.dataset.saidKept || ""} ${new Date().toTimeString().slice(0, 5)}`;
  }, ALONE_EVERY_MS);
}

/** Sends what has changed since it was last sent; whether it has just been kept. */
function pusher() {
  let last = "";
  return async (/** @type {HTMLFormElement} */ form, /** @type {string} */ kind, /** @type {string} */ uid, /** @type {Fields} */ fields) => {
    const now = JSON.stringify(fields);
    if (now === last || !navigator.onLine || Object.keys(objections(form, fields, [], { keep_phones: true })).length) return false;
    const answer = await callJson("PUT", `/drafts/${uid}`, { kind, fields });
    if (answer.status === 204) last = now;
    return answer.status === 204;
  };
}
