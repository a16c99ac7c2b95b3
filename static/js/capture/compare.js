// @ts-check
/**
 * Now and then the phone asks whether the server still holds what it once receipted: after a restored backup it may not,
 * and then the phone sends it again. Copies are kept for thirty days for this.
 */
import { entries, keepNote, note, pictureOf, person, personOf, update } from "./database.js";
import { callJson } from "./line.js";

const EVERY_MS = 6 * 3600 * 1000;
const ASKED_MAX = 500;

/** @param {{now?: boolean}} [how] */
export async function compare(how = {}) {
  const here = person();
  const known = here && (await personOf(here.uid));
  if (!known || !known.token) return;
  const last = (await note("compared")) || 0;
  if (!how.now && Date.now() - last < EVERY_MS) return;
  const mine = (await entries()).filter((entry) => entry.owner === known.uid && entry.state === "receipted").slice(-ASKED_MAX);
  if (!mine.length) return;
  const hashes = mine.reduce((all, entry) => [...all, ...entry.photos.map((photo) => photo.sha256)], /** @type {string[]} */ ([]));
  const ids = Array.from(new Set(mine.map((entry) => entry.record)));
  const answer = await callJson("POST", "/api/v1/have", { ids, hashes: Array.from(new Set(hashes)).slice(0, 1000) }, known.token);
  if (answer.status !== 200 || !answer.json || !Array.isArray(answer.json.ids) || !Array.isArray(answer.json.hashes)) return;
  const held = new Set([...answer.json.ids, ...answer.json.hashes]);
  for (const entry of mine) await again(entry, held);
  await keepNote("compared", Date.now());
}

/**
 * Everything of a record goes once more when any of it is lacking: what is there already is answered with its receipt.
 * @param {import("./database.js").Entry} entry @param {Set<string>} held
 */
async function again(entry, held) {
  const lacking = entry.photos.filter((photo) => !held.has(photo.sha256));
  if (held.has(entry.record) && !lacking.length) return;
  const here = await Promise.all(lacking.map((photo) => pictureOf(photo.sha256)));
  if (here.some((blob) => blob === null) && held.has(entry.record)) return; // nothing more to give
  const photos = entry.photos.map((photo) => (held.has(photo.sha256) ? photo : { ...photo, held: false, url: undefined }));
  await update(entry.id, () => ({ state: "ready", photos, receipt: null, attempts: 0, next_at: 0 }));
}
