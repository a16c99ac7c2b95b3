// @ts-check
/**
 * One draft on this phone while it is written: kept after every burst of typing and at once when the page is left.
 * Another tab that has written to the same draft is not overwritten: this one goes on under a new id, so both are kept.
 */
import { database, entryOf, entries, inOne, tell } from "./database.js";

/** @typedef {import("./database.js").Entry} Entry */

/** A UUIDv7: its first 48 bits are the time, so that ids sort by age. */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

export const TAB = uuid7();

/**
 * A new entry, not kept yet.
 * @param {string} kind @param {string} owner @param {Partial<Entry>} [more] @returns {Entry}
 */
export function blank(kind, owner, more = {}) {
  const now = Date.now();
  const id = more.id || uuid7();
  return {
    id, record: id, kind, owner, state: "draft", fields: [], unit_name: "", body: null, photos: [], base_version: 0,
    editor: TAB, page: "", created_at: now, changed_at: now, tried: false, attempts: 0, next_at: 0, trouble: null, ...more,
  };
}

/**
 * Keep an entry and the bytes of new photos in one transaction: both are there, or neither.
 * @param {Entry} entry @param {{sha256: string, bytes: ArrayBuffer, type: string}[]} [pictures]
 * @returns {Promise<Entry>} the entry as it is kept; under another id if another tab has written to this one
 */
export async function keep(entry, pictures = []) {
  const kept = await inOne(["records", "photos"], "readwrite", async (tx) => {
    const records = tx.objectStore("records");
    const known = await records.get(entry.id);
    const isTaken = known && known.changed_at > entry.changed_at && (known.editor !== TAB || known.tried);
    const fresh = { ...(isTaken ? apart(entry) : onNewest(entry, known)), editor: TAB, changed_at: Math.max(Date.now(), entry.changed_at + 1) };
    await records.put(fresh);
    for (const picture of pictures) await tx.objectStore("photos").put(picture);
    return fresh;
  });
  tell();
  return kept;
}

/** The sender may have learned meanwhile of the version an earlier text has become. @param {Entry} entry @param {Entry | undefined} known @returns {Entry} */
function onNewest(entry, known) {
  if (!known || known.base_version <= entry.base_version) return entry;
  const { base_version } = known;
  return { ...entry, base_version, body: entry.body ? { ...entry.body, base_version } : entry.body };
}

/** The same under an id of its own; a correction stays one of the same record. @param {Entry} entry @returns {Entry} */
function apart(entry) {
  const id = uuid7();
  if (entry.id !== entry.record) return { ...entry, id };
  return { ...entry, id, record: id, body: entry.body ? { ...entry.body, id } : entry.body };
}

/** The newest draft of this form that this person left, unless a tab has it open. @param {string} kind @param {string} owner */
export async function leftDraft(kind, owner) {
  const drafts = (await entries()).filter((entry) => entry.owner === owner && entry.kind === kind && entry.state === "draft" && entry.id === entry.record);
  for (const draft of drafts.reverse()) if (await take(draft.id)) return draft;
  return null;
}

/**
 * Whether this tab may go on with a draft: nobody else has it open. Browsers without locks let everybody in; `keep`
 * then sees to it that nothing is overwritten.
 * @param {string} id @returns {Promise<boolean>}
 */
export function take(id) {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`draft:${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {}); // held as long as the page is open
    }).catch(() => resolve(true));
  });
}

/** Throw a draft away. @param {string} id */
export async function drop(id) {
  const entry = await entryOf(id);
  if (!entry) return;
  await inOne(["records"], "readwrite", (tx) => tx.objectStore("records").delete(id));
  await sweep();
  tell();
}

const KEPT_MS = 30 * 24 * 3600 * 1000;

/** Forget what was receipted thirty days ago, and photos no entry lists. What is unsent is never touched. */
export async function sweep() {
  await inOne(["records", "photos"], "readwrite", async (tx) => {
    const records = tx.objectStore("records");
    /** @type {Entry[]} */
    const all = await records.getAll();
    const isOld = (/** @type {Entry} */ entry) => entry.state === "receipted" && Date.now() - (entry.receipted_at || Date.now()) > KEPT_MS;
    for (const entry of all.filter(isOld)) await records.delete(entry.id);
    const listed = new Set();
    all.filter((entry) => !isOld(entry)).forEach((entry) => entry.photos.forEach((photo) => listed.add(photo.sha256)));
    for (const sha256 of await tx.objectStore("photos").getAllKeys()) if (!listed.has(sha256)) await tx.objectStore("photos").delete(sha256);
  });
}

/** Whether this browser can keep anything at all. */
export async function isAble() {
  if (!window.isSecureContext || !crypto.subtle) return false;
  try {
    await database();
    return true;
  } catch (refused) {
    return false;
  }
}

/** Ask the browser, once, not to throw our data away when space gets short. @returns {Promise<boolean>} */
export async function persist() {
  const storage = navigator.storage;
  if (!storage || !storage.persist) return false;
  return (await storage.persisted()) || storage.persist();
}
