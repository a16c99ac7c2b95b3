// @ts-check
/** The unsent records of a phone as one file, which the office can take in: queue.json and the photos by their hash. */
import { downloadZip } from "../../vendor/client-zip.js";

/**
 * @param {any[]} records bodies as they would be sent @param {(sha256: string) => Promise<Blob | null>} blobOf
 * @param {string} owner uid of whose they are @param {{id: string, kind: string, fields: [string, string][]}[]} [drafts] only their words
 * @returns {Promise<Blob>}
 */
export async function queueZip(records, blobOf, owner, drafts = []) {
  const made = new Date();
  const queue = JSON.stringify({ format: 1, made_at: made.toISOString(), owner, records, drafts });
  const hashes = new Set();
  records.forEach((record) => record.photos.forEach((/** @type {{sha256: string}} */ photo) => hashes.add(photo.sha256)));
  async function* files() {
    yield { name: "queue.json", lastModified: made, input: queue };
    for (const sha256 of Array.from(hashes)) {
      const blob = await blobOf(sha256).catch(() => null); // one that cannot be read keeps nothing else out
      if (blob) yield { name: `photos/${sha256}`, lastModified: made, input: blob };
    }
  }
  return downloadZip(files()).blob();
}
