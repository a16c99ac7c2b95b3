// @ts-check
/**
 * One call over a bad line. It is given up when nothing moves for a while, never because it takes long; what comes back
 * is taken for an answer of ours only when it is JSON of the kind we send (a hotel's login page also says 200).
 *
 * @typedef {{status: number, header: (name: string) => string | null, json: any}} Answer  status 0: nobody answered
 */

const STILL_MS = 45000;
const JSON_KINDS = /^application\/(problem\+)?json\b/;

/**
 * @param {string} method @param {string} url
 * @param {{token?: string, headers?: Object<string, string>, body?: XMLHttpRequestBodyInit | null, still?: number}} [more]
 * @returns {Promise<Answer>} never rejected
 */
export function call(method, url, more = {}) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let watch = 0;
    const alive = () => {
      window.clearTimeout(watch);
      watch = window.setTimeout(() => request.abort(), more.still || STILL_MS);
    };
    const end = () => {
      window.clearTimeout(watch);
      resolve({ status: request.status, header: (name) => request.getResponseHeader(name), json: jsonOf(request) });
    };
    request.open(method, url);
    if (more.token) request.setRequestHeader("Authorization", `Bearer ${more.token}`);
    Object.entries(more.headers || {}).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", alive);
    request.addEventListener("progress", alive);
    request.addEventListener("readystatechange", alive);
    request.addEventListener("loadend", end);
    alive();
    request.send(more.body === undefined ? null : more.body);
  });
}

/** @param {string} method @param {string} url @param {any} value @param {string} [token] */
export function callJson(method, url, value, token) {
  return call(method, url, { token, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
}

/**
 * Ask for nothing, before anything is sent: what surely was not sent can still be changed.
 * @returns {Promise<Answer | null>} null when our server answers, else what came instead
 */
export async function noAnswer() {
  const answer = await call("GET", "/healthz");
  return answer.status === 200 && answer.json && answer.json.status === "ok" ? null : { ...answer, json: null };
}

/** @param {XMLHttpRequest} request */
function jsonOf(request) {
  if (!JSON_KINDS.test(request.getResponseHeader("Content-Type") || "")) return null;
  try {
    return JSON.parse(request.responseText);
  } catch (cut) {
    return null;
  }
}

/**
 * Whether an answer is the receipt of this record: only then has it arrived.
 * @param {Answer} answer @param {import("./database.js").Entry} entry
 */
export function isReceipt(answer, entry) {
  const receipt = answer.json;
  if ((answer.status !== 200 && answer.status !== 201) || !receipt || receipt.id !== entry.record) return false;
  if (!receipt.signature || !receipt.content_hash || typeof receipt.version !== "number") return false;
  if (!Array.isArray(receipt.photos_held) || !Array.isArray(receipt.photos_missing)) return false;
  const told = new Set([...receipt.photos_held, ...receipt.photos_missing]);
  return entry.photos.every((photo) => told.has(photo.sha256));
}
