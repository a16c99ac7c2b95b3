// @ts-check
/**
 * What this phone keeps: records (drafts, those on their way, those sent), the bytes of their photos, the people whose
 * they are, and small notes. IndexedDB; a connection that the browser closed is opened again.
 *
 * @typedef {{sha256: string, caption: string, size: number, type: string, taken_at?: string, url?: string, held?: boolean}} Picture
 * @typedef {{code: string, said?: string[], fields?: Object<string, string[]>, link?: string, photo?: string}} Trouble
 * @typedef {"draft"|"ready"|"sent"|"receipted"|"blocked"} State
 * @typedef {[string, string][]} Fields  every field of the form as it was typed, also those this version does not know
 * @typedef {{id: string, record: string, kind: string, owner: string, state: State, fields: Fields, unit_name: string,
 *   body: any, photos: Picture[], base_version: number, editor: string, page: string, created_at: number,
 *   changed_at: number, tried: boolean, attempts: number, next_at: number, trouble?: Trouble | null,
 *   receipt?: any, receipted_at?: number}} Entry  a correction of what the server has is an entry beside the first one
 */
import { openDB } from "../../vendor/idb.js";

const NAME = "fieldwork";
const VERSION = 1;

/** @type {Promise<any> | null} */
let opened = null;

/** @param {any} db */
function makeStores(db) {
  const records = db.createObjectStore("records", { keyPath: "id" });
  records.createIndex("state", "state");
  db.createObjectStore("photos", { keyPath: "sha256" });
  db.createObjectStore("people", { keyPath: "uid" });
  db.createObjectStore("notes");
}

const forget = () => {
  opened = null;
};

/** The connection. @returns {Promise<any>} rejected where the browser has no IndexedDB or forbids it */
export function database() {
  if (opened) return opened;
  /** @type {Promise<any>} */
  const opening = openDB(NAME, VERSION, { upgrade: makeStores, terminated: forget, blocking: () => close() });
  opening.catch(forget);
  opened = opening;
  return opening;
}

/** Let go of the connection, so that another tab may upgrade. */
export async function close() {
  const db = opened && (await opened.catch(() => null));
  forget();
  if (db) db.close();
}

/**
 * Do `work` in one transaction over these stores: all of it is kept, or nothing. Tried once more on a fresh connection
 * when the browser has closed the old one, be it in the middle.
 * @template T
 * @param {string[]} stores @param {"readonly"|"readwrite"} mode @param {(tx: any) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inOne(stores, mode, work) {
  try {
    return await attempt(stores, mode, work);
  } catch (failure) {
    if (!["InvalidStateError", "AbortError", "UnknownError"].includes(/** @type {any} */ (failure).name)) throw failure;
    await close();
    return attempt(stores, mode, work);
  }
}

/** @param {string[]} stores @param {IDBTransactionMode} mode @param {(tx: any) => Promise<any>} work */
async function attempt(stores, mode, work) {
  const db = await database();
  const tx = db.transaction(stores, mode);
  let result;
  try {
    result = await work(tx);
  } catch (failure) {
    try {
      tx.abort();
    } catch (late) {
      // it has ended already
    }
    tx.done.catch(() => {});
    throw failure;
  }
  await tx.done;
  return result;
}

/** @param {string} id @returns {Promise<Entry | undefined>} */
export const entryOf = (id) => inOne(["records"], "readonly", (tx) => tx.objectStore("records").get(id));

/** All entries of everybody, the oldest first. @returns {Promise<Entry[]>} */
export async function entries() {
  /** @type {Entry[]} */
  const all = await inOne(["records"], "readonly", (tx) => tx.objectStore("records").getAll());
  return all.sort((one, other) => one.created_at - other.created_at);
}

/**
 * Change one entry as it now stands; nothing happens when it is gone.
 * @param {string} id @param {(entry: Entry) => Partial<Entry> | null} change
 * @returns {Promise<Entry | undefined>}
 */
export function update(id, change) {
  return inOne(["records"], "readwrite", async (tx) => {
    const store = tx.objectStore("records");
    const entry = await store.get(id);
    const values = entry && change(entry);
    if (!values) return entry;
    const fresh = { ...entry, ...values };
    await store.put(fresh);
    return fresh;
  });
}

/** @param {string} sha256 @returns {Promise<Blob | null>} */
export async function pictureOf(sha256) {
  const kept = await inOne(["photos"], "readonly", (tx) => tx.objectStore("photos").get(sha256));
  return kept && kept.bytes && kept.bytes.byteLength ? new Blob([kept.bytes], { type: kept.type }) : null;
}

/** @param {string} key @returns {Promise<any>} */
export const note = (key) => inOne(["notes"], "readonly", (tx) => tx.objectStore("notes").get(key));

/** @param {string} key @param {any} value */
export const keepNote = (key, value) => inOne(["notes"], "readwrite", (tx) => tx.objectStore("notes").put(value, key));

/** Who is logged in on this page. @returns {{uid: string, name: string} | null} */
export function person() {
  const { person: uid, personName } = document.documentElement.dataset;
  return uid ? { uid, name: personName || "" } : null;
}

/** @param {string} uid @returns {Promise<{uid: string, name: string, token?: string, device?: string} | undefined>} */
export const personOf = (uid) => inOne(["people"], "readonly", (tx) => tx.objectStore("people").get(uid));

/** @param {{uid: string, name: string, token?: string, device?: string}} person */
export const keepPerson = (person) => inOne(["people"], "readwrite", (tx) => tx.objectStore("people").put(person));

/** Tell every page of this phone, this one too, that something has changed. */
export function tell() {
  window.dispatchEvent(new Event("fieldwork:changed"));
  if (channel) channel.postMessage("changed");
}

const channel = "BroadcastChannel" in window ? new BroadcastChannel("fieldwork") : null;
if (channel) channel.addEventListener("message", () => window.dispatchEvent(new Event("fieldwork:changed")));
