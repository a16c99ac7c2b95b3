// @ts-check
/**
 * One photo to the server, by tus 1.0, resumed at the offset the server holds. A client of our own in place of
 * tus-js-client (22 KB compressed of the 60 KB the first load may weigh): the chunk grows and shrinks with the line, and
 * nothing else of the protocol is needed here.
 */
import { call } from "./line.js";

const AT = "/api/v1/uploads";
const CHUNK_MIN = 16 * 1024;
const CHUNK_FIRST = 64 * 1024;
const CHUNK_MAX = 4 * 1024 * 1024;
const QUICK_MS = 2000;
const SLOW_MS = 8000;
const RESUME_MS = 1000;
const TUS = { "Tus-Resumable": "1.0.0" };

let chunk = CHUNK_FIRST; // what the line bore last

/** @param {string} text */
const base64 = (text) => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));

/**
 * Bring the bytes over. `picture.url` is where an upload begun before goes on; `remember` keeps it.
 * @param {import("./database.js").Picture} picture @param {Blob} blob @param {string} record @param {string} token
 * @param {(url: string) => Promise<any>} remember
 * @returns {Promise<import("./line.js").Answer | null>} null when all is there, else the answer that stopped it
 */
export async function upload(picture, blob, record, token, remember) {
  for (let attempt = 0; attempt < 2; ) {
    const begun = await begin(picture, blob, record, token, remember);
    if (begun.stopped) return begun.stopped;
    const { stopped, offset } = await bring(begun.url, begun.offset, blob, token);
    if (stopped && stopped.status === 0 && offset > begun.offset) {
      picture = { ...picture, url: begun.url }; // the line was cut, yet it bears something: on at once from there
      await new Promise((resolve) => setTimeout(resolve, RESUME_MS));
      continue;
    }
    if (!stopped || (stopped.status !== 404 && stopped.status !== 410 && stopped.status !== 460)) return stopped;
    picture = { ...picture, url: undefined }; // it has expired, or what lies there is not ours: from the start, once
    attempt += 1;
  }
  return { status: 460, header: () => null, json: null };
}

/**
 * Where the upload stands: one begun before, or a new one.
 * @param {import("./database.js").Picture} picture @param {Blob} blob @param {string} record @param {string} token
 * @param {(url: string) => Promise<any>} remember
 * @returns {Promise<{url: string, offset: number, stopped?: import("./line.js").Answer}>}
 */
async function begin(picture, blob, record, token, remember) {
  if (picture.url) {
    const known = await call("HEAD", picture.url, { token, headers: TUS });
    if (known.status === 200 && known.header("Upload-Offset") !== null) return { url: picture.url, offset: Number(known.header("Upload-Offset")) };
    if (known.status === 0 || known.status === 401 || known.status >= 500) return { url: "", offset: 0, stopped: known };
  }
  const about = { sha256: picture.sha256, filename: "photo", record };
  const metadata = Object.entries(about).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const made = await call("POST", AT, { token, headers: { ...TUS, "Upload-Length": String(blob.size), "Upload-Metadata": metadata } });
  const url = made.header("Location");
  if (made.status !== 201 || !url || !made.header("Tus-Resumable")) return { url: "", offset: 0, stopped: made.status === 201 ? { ...made, status: 0 } : made };
  const path = new URL(url, location.href).pathname;
  await remember(path);
  return { url: path, offset: 0 };
}

/**
 * Chunk by chunk to the end, or until one does not arrive; `offset` is how far it came.
 * @param {string} url @param {number} offset @param {Blob} blob @param {string} token
 * @returns {Promise<{offset: number, stopped: import("./line.js").Answer | null}>}
 */
async function bring(url, offset, blob, token) {
  while (offset < blob.size) {
    const began = Date.now();
    const body = blob.slice(offset, offset + chunk);
    const headers = { ...TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const answer = await call("PATCH", url, { token, headers, body });
    const reached = Number(answer.header("Upload-Offset"));
    if (answer.status !== 204 || !(reached > offset)) {
      chunk = Math.max(CHUNK_MIN, chunk / 2);
      return { offset, stopped: answer.status === 204 ? { ...answer, status: 0 } : answer };
    }
    fit(Date.now() - began);
    offset = reached;
  }
  return { offset, stopped: null };
}

/** Chunks that take a few seconds: small enough for a line that is soon cut, large enough for one that is not. @param {number} took */
function fit(took) {
  if (took < QUICK_MS) chunk = Math.min(CHUNK_MAX, chunk * 2);
  else if (took > SLOW_MS) chunk = Math.max(CHUNK_MIN, chunk / 2);
}
