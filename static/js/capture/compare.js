// @ts-check
/**
 * Now and then the phone asks whether the server still holds what it once receipted: after a restored backup it may not,
 * and then the phone sends it again. Copies are kept for thirty days for this.
 */
import { entries, keepNote, note, pictureOf, person, personOf, update } from "./database.js";
import { callJson } from "./line.js";

const EVERY_MS = 6 * 3600 * 1000;
const ASKED_MAX = 500;
const HASHES_MAX = 1000;

/** @param {{now?: boolean}} [how] */
export async function compare(how = {}) {
  const here = person();
  const known = here && (await personOf(here.uid));
  if (!known || !known.token) return;
  const last = (await note("compared")) || 0;
  if (!how.now && Date.now() - last < EVERY_MS) return;
  const mine = atOnce((await entries()).filter((entry) => entry.owner === known.uid && entry.state === "receipted"));
  if (!mine.length) return;
  const ids = Array.from(new Set(mine.map((entry) => entry.record)));
  const hashes = Array.from(new Set(mine.reduce((all, entry) => [...all, ...hashesOf(entry)], /** @type {string[]} */ ([]))));
  const answer = await callJson("POST", "/api/v1/have", { ids, hashes }, known.token);
  if (answer.status !== 200 || !answer.json || !Array.isArray(answer.json.ids) || !Array.isArray(answer.json.hashes)) return;
  const held = new Set([...answer.json.ids, ...answer.json.hashes]);
  for (const entry of mine) await again(entry, held);
  await keepNote("compared", Date.now());
}

/** What a receipt stands for: this very text, and each photo. @param {import("./database.js").Entry} entry @returns {string[]} */
const hashesOf = (entry) => [...(entry.receipt ? [entry.receipt.content_hash] : []), ...entry.photos.map((photo) => photo.sha256)];

/** The newest, as many as one question may hold. @param {import("./database.js").Entry[]} receipted */
function atOnce(receipted) {
  let room = HASHES_MAX;
  const fitting = receipted.slice(-ASKED_MAX).reverse().filter((entry) => (room -= hashesOf(entry).length) >= 0);
  return fitting.reverse();
}

/**
 * Everything of a record goes once more when any of it is lacking: what is there already is answered with its receipt.
 * @param {import("./database.js").Entry} entry @param {Set<string>} held
 */
async function again(entry, held) {
  const lacking = entry.photos.filter((photo) => !held.has(photo.sha256));
  const isThere = held.has(entry.record) && (!entry.receipt || held.has(entry.receipt.content_hash));
  if (isThere && !lacking.length) return;
  const here = await Promise.all(lacking.map((photo) => pictureOf(photo.sha256)));
  if (here.some((blob) => blob === null) && isThere) return; // nothing more to give
  const photos = entry.photos.map((photo) => (held.has(photo.sha256) ? photo : { ...photo, held: false, url: undefined }));
  await update(entry.id, () => ({ state: "ready", photos, receipt: null, attempts: 0, next_at: 0 }));
}
