// @ts-check
/**
 * The photos of a record on their way: which the server lacks, and each of them to the end.
 */
import { pictureOf, tell, update } from "./database.js";
import { upload } from "./upload.js";

/** @typedef {import("./database.js").Entry} Entry */

/**
 * What the server lacks, one photo after the other.
 * @param {Entry} entry @param {string} token
 * @returns {Promise<[import("./line.js").Answer, string] | null>} what stopped it, and at which photo
 */
export async function bringAll(entry, token) {
  for (const picture of entry.photos.filter((photo) => !photo.held)) {
    const stopped = await bring(entry, picture, token);
    if (stopped) return [stopped, picture.sha256];
  }
  return null;
}

/** @param {Entry} entry @param {import("./database.js").Picture} picture @param {string} token */
async function bring(entry, picture, token) {
  const blob = await pictureOf(picture.sha256);
  if (!blob) return { status: 0, header: () => null, json: null };
  const change = (/** @type {Partial<import("./database.js").Picture>} */ values) =>
    update(entry.id, (now) => ({ photos: now.photos.map((photo) => (photo.sha256 === picture.sha256 ? { ...photo, ...values } : photo)) }));
  const stopped = await upload(picture, blob, entry.record, token, (url) => change({ url }));
  if (!stopped) await change({ held: true });
  tell();
  return stopped;
}

/** The first photo whose bytes are neither here nor there. @param {Entry} entry */
export async function firstLacking(entry) {
  const held = new Set((entry.receipt && entry.receipt.photos_held) || []);
  for (const photo of entry.photos) {
    if (!photo.held && !held.has(photo.sha256) && !(await pictureOf(photo.sha256))) return photo.sha256;
  }
  return "";
}
