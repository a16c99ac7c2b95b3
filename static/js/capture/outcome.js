// @ts-check
/**
 * What an answer means for a record that waits. Pure, so that every answer can be tried.
 *
 * @typedef {import("./database.js").Entry} Entry
 */

const FIRST_MS = 2000;
const LONGEST_MS = 5 * 60 * 1000;

/** When to try again: twice as long each time, up to five minutes, never all phones at once. @param {number} attempts */
export function waitsUntil(attempts) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 10));
  return Date.now() + longest * (0.5 + Math.random() / 2);
}

/**
 * The text is there; with every photo held the record is, too.
 * @param {Entry} entry @param {any} receipt @returns {Partial<Entry>}
 */
export function afterReceipt(entry, receipt) {
  const held = new Set(receipt.photos_held);
  const photos = entry.photos.map((photo) => ({ ...photo, held: held.has(photo.sha256) }));
  const isWhole = photos.every((photo) => photo.held);
  const state = isWhole ? "receipted" : "sent";
  return { state, receipt, photos, attempts: 0, next_at: 0, trouble: null, receipted_at: isWhole ? Date.now() : undefined };
}

/** Whether nobody has opened it and written on while it was on its way. @param {Entry} now @param {Entry} sent */
export const isStill = (now, sent) => (now.state === "ready" || now.state === "sent") && JSON.stringify(now.body) === JSON.stringify(sent.body);

/**
 * What was written while the text before it was on its way stands on the version that has become of that.
 * @param {Entry} entry @param {any} receipt @returns {Partial<Entry>}
 */
export function onTopOf(entry, receipt) {
  const body = entry.body ? { ...entry.body, base_version: receipt.version } : entry.body;
  return { base_version: receipt.version, body, tried: false };
}

/**
 * What stopped it: try again later, ask to log in, or somebody has to look at it.
 * @param {Entry} entry @param {import("./line.js").Answer} answer @param {string} [photo]
 * @returns {{values: Partial<Entry>, isShutOut?: boolean}}
 */
export function afterAnswer(entry, answer, photo) {
  const { status, json } = answer;
  const ours = json !== null && typeof json === "object";
  if (status === 401 && ours) return { values: { trouble: { code: "login" } }, isShutOut: true };
  if (status === 507) return { values: { trouble: { code: "full" } } };
  if (!ours || status === 0 || status >= 500 || status === 429 || status === 408 || status === 423) return { values: { trouble: { code: status && !ours ? "portal" : "line" } } };
  if (status === 460 || status === 409 && photo) return { values: { trouble: { code: "line" } } };
  if (status === 409 && json.yours_kept_as) return blocked({ code: "conflict", link: `/conflicts/${json.yours_kept_as}` });
  const said = Array.isArray(json.errors) ? json.errors.map((/** @type {any} */ one) => one.message) : [json.detail || json.title].filter(Boolean);
  if (status === 410) return blocked({ code: "gone", said });
  return blocked({ code: photo ? "photo" : "refused", said, photo, fields: byField(json.errors) });
}

/** @param {import("./database.js").Trouble} trouble @returns {{values: Partial<Entry>}} */
const blocked = (trouble) => ({ values: { state: "blocked", trouble } });

/** @param {any} errors @returns {Object<string, string[]>} */
function byField(errors) {
  /** @type {Object<string, string[]>} */
  const found = {};
  if (Array.isArray(errors)) errors.forEach(({ field, message }) => (found[field] = [...(found[field] || []), message]));
  return found;
}
