// @ts-check
/** What a record comes from (the visit it was found on, the visits and problems a case names), when that has another id now, or is gone. */
import { entries, update } from "./database.js";

/** @typedef {import("./database.js").Entry} Entry */

const ONE = "visit";
const SEVERAL = ["visits", "problems"];
const SOURCES = [ONE, ...SEVERAL];
const FRESH = { state: /** @type {"ready"} */ ("ready"), trouble: null, attempts: 0, next_at: 0 };

/** Whatever came from this record comes from the other now. @param {string} owner @param {string} from @param {string} to */
export async function moveTo(owner, from, to) {
  const change = (/** @type {string} */ uid) => (uid === from ? to : uid);
  for (const entry of await entries()) {
    const names = SOURCES.some((name) => entry.fields.some(([field, uid]) => field === name && uid === from));
    if (entry.owner !== owner || entry.state === "receipted" || !names) continue;
    await update(entry.id, (now) => ({ ...changed(now, change), ...(lacksSource(now) ? FRESH : {}) }));
  }
}

/** Sent without what it comes from; its words say nothing else than before. @param {string} id */
export const withoutSource = (id) => update(id, (now) => ({ ...changed(now, () => ""), ...FRESH }));

/** Whether it was sent back because what it comes from is not there. @param {Entry} entry */
export function lacksSource(entry) {
  const fields = (entry.state === "blocked" && entry.trouble && entry.trouble.fields) || {};
  return SOURCES.some((name) => name in fields);
}

/** @param {Entry} entry @param {(uid: string) => string} change to another id, or to none @returns {Partial<Entry>} */
function changed(entry, change) {
  const fields = entry.fields.map(([name, value]) => /** @type {[string, string]} */ ([name, SOURCES.includes(name) ? change(value) : value]));
  const body = entry.body && { ...entry.body };
  if (body && body[ONE]) body[ONE] = change(body[ONE]) || null;
  if (body) SEVERAL.filter((name) => body[name]).forEach((name) => (body[name] = body[name].map(change).filter(Boolean)));
  return { fields: fields.filter(([name, value]) => value !== "" || !SOURCES.includes(name)), body };
}
