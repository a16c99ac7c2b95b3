// @ts-check
/**
 * Drafts also go to the server early while there is a line, for their author alone: browsers inside other apps forget
 * what they were told to keep. Text that must not be sent does not go.
 */
import { objections } from "./checks.js";
import { callJson } from "./line.js";

const EVERY_MS = 15000;

/** @param {import("./sheet.js").Sheet} sheet */
export function follow(sheet) {
  let last = "";
  const push = async () => {
    const { form, entry } = sheet;
    if (sheet.isOver || form.dataset.dirty === undefined || !navigator.onLine || entry.id !== entry.record) return;
    const fields = sheet.fields();
    const now = JSON.stringify(fields);
    if (now === last || Object.keys(objections(form, fields, [], { keep_phones: true })).length) return;
    const answer = await callJson("PUT", `/drafts/${entry.record}`, { kind: entry.kind, fields });
    if (answer.status === 204) last = now;
  };
  window.setInterval(push, EVERY_MS);
}
