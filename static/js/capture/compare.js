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
  const last = (await note(`compared:${known.uid}`)) || 0;
  if (!how.now && Date.now() - last < EVERY_MS) return;
  const mine = (await entries()).filter((entry) => entry.owner === known.uid && entry.state === "receipted");
  for (const some of inQuestions(mine)) {
    const held = await heldOf(some, known.token);
    if (!held) return; // asked again at the next occasion
    for (const entry of some) await again(entry, held);
  }
  if (mine.length) await keepNote(`compared:${known.uid}`, Date.now());
}

/** What of these the server holds; null when it does not say. @param {import("./database.js").Entry[]} some @param {string} token */
async function heldOf(some, token) {
  const ids = Array.from(new Set(some.map((entry) => entry.record)));
  const hashes = Array.from(new Set(some.reduce((all, entry) => [...all, ...hashesOf(entry)], /** @type {string[]} */ ([]))));
  const { status, json } = await callJson("POST", "/api/v1/have", { ids, hashes }, token);
  return status === 200 && json && Array.isArray(json.ids) && Array.isArray(json.hashes) ? new Set([...json.ids, ...json.hashes]) : null;
}

/** What a receipt stands for: this very text, and each photo. @param {import("./database.js").Entry} entry @returns {string[]} */
const hashesOf = (entry) => [...(entry.receipt ? [entry.receipt.content_hash] : []), ...entry.photos.map((photo) => photo.sha256)];

/** As many as one question may hold, and so on, the newest first. @param {import("./database.js").Entry[]} receipted */
function inQuestions(receipted) {
  /** @type {import("./database.js").Entry[][]} */
  const questions = [];
  let room = 0;
  receipted.slice().reverse().forEach((entry) => {
    const size = hashesOf(entry).length;
    const last = questions[questions.length - 1];
    if (!last || last.length === ASKED_MAX || room < size) questions.push([entry]);
    else last.push(entry);
    room = (questions[questions.length - 1] === last ? room : HASHES_MAX) - size;
  });
  return questions;
}

/**
 * Everything of a record goes once more when any of it is lacking: what is there already is answered with its receipt.
 * @param {import("./database.js").Entry} entry @param {Set<string>} held
 */
async function again(entry, held) {
  const lacking = entry.photos.filter((photo) => !held.has(photo.sha256));
  const isThere = held.has(entry.record) && (!entry.receipt || held.has(entry.receipt.content_hash));
  if (isThere && !lacking.length) return;
  const blobs = await Promise.all(lacking.map((photo) => pictureOf(photo.sha256)));
  const here = lacking.filter((_photo, at) => blobs[at] !== null).map((photo) => photo.sha256);
  if (isThere && !here.length) return; // nothing more to give
  const goes = isThere ? here : lacking.map((photo) => photo.sha256);
  const photos = entry.photos.map((photo) => (goes.includes(photo.sha256) ? { ...photo, held: false, url: undefined } : photo));
  await update(entry.id, () => ({ state: "ready", photos, receipt: null, attempts: 0, next_at: 0 }));
}
