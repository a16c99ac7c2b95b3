// @ts-check
/**
 * Sends what waits, one record after the other, as the person who wrote it. One sender at a time in all tabs. What the
 * server has said in a receipt is believed, nothing else; what cannot be sent says why and stays.
 */
import { entries, keepNote, note, personOf, pictureOf, tell, update } from "./database.js";
import { TAB, sweep } from "./desk.js";
import { health } from "./device.js";
import { callJson, isReceipt, noAnswer } from "./line.js";
import { afterAnswer, afterReceipt, isStill, onTopOf, waitsUntil } from "./outcome.js";
import { upload } from "./upload.js";

/** @typedef {import("./database.js").Entry} Entry */

const ROOM = { visit: "visits", problem: "problems", case: "cases" };
const LEASE_MS = 60000;

let isAsked = false;
let isBusy = false;

/**
 * Send everything that may be sent now. Asked again while at work, it goes round once more.
 * @param {{now?: boolean}} [how] now: also what was to wait for a while after a failure
 */
export async function send(how = {}) {
  isAsked = true;
  if (isBusy) return;
  isBusy = true;
  try {
    while (isAsked) {
      isAsked = false;
      await alone(() => round(how.now === true));
    }
  } finally {
    isBusy = false;
    tell();
  }
}

/** Do it unless another tab does. @param {() => Promise<void>} work */
async function alone(work) {
  if ("locks" in navigator) {
    await navigator.locks.request("fieldwork:sender", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
    return;
  }
  const lease = await note("sender"); // Safari before 15.4
  if (lease && lease.tab !== TAB && lease.until > Date.now()) return;
  await keepNote("sender", { tab: TAB, until: Date.now() + LEASE_MS });
  await work();
  await keepNote("sender", null);
}

/** @param {boolean} isUrgent */
async function round(isUrgent) {
  const waiting = (await entries()).filter((entry) => (entry.state === "ready" || entry.state === "sent") && (isUrgent || entry.next_at <= Date.now()));
  const away = waiting.length ? await noAnswer() : null;
  if (away) {
    for (const entry of waiting) await settle(entry, away);
    return;
  }
  for (const entry of waiting) {
    const person = await personOf(entry.owner);
    if (!person || !person.token) {
      await update(entry.id, () => ({ trouble: { code: "login" } }));
      continue;
    }
    if (await waitsForVisit(entry)) continue;
    const goesOn = await one(entry.id, person.token);
    tell();
    if (!goesOn) break;
  }
  await sweep();
  await health();
}

/** A problem or case found on a visit goes after it. @param {Entry} entry */
async function waitsForVisit(entry) {
  const visit = entry.body && entry.body.visit;
  if (!visit) return false;
  const before = (await entries()).find((other) => other.record === visit);
  const waits = before !== undefined && (before.state === "ready" || before.state === "blocked" || before.state === "draft") && !before.receipt;
  if (waits) await update(entry.id, () => ({ trouble: { code: "visit" } }));
  return waits;
}

/**
 * One record, text first, then its photos, then the receipt that names them all.
 * @param {string} id @param {string} token @returns {Promise<boolean>} false when there is no line at all
 */
async function one(id, token) {
  let entry = await update(id, () => ({ tried: true }));
  if (!entry || (entry.state !== "ready" && entry.state !== "sent")) return true;
  const lacking = await firstLacking(entry);
  if (lacking) {
    await update(id, () => ({ state: "blocked", trouble: { code: "photo_missing", photo: lacking } }));
    return true;
  }
  const answer = await put(entry, token);
  if (!isReceipt(answer, entry)) return settle(entry, answer);
  const sent = entry;
  entry = await update(id, (now) => (isStill(now, sent) ? afterReceipt(now, answer.json) : onTopOf(now, answer.json)));
  tell();
  if (!entry || entry.state !== "sent") return true;
  for (const picture of entry.photos.filter((photo) => answer.json.photos_missing.includes(photo.sha256))) {
    const stopped = await bring(entry, picture, token);
    if (stopped) return settle(entry, stopped, picture.sha256);
  }
  const last = await put(entry, token);
  if (!isReceipt(last, entry)) return settle(entry, last);
  await update(id, (now) => (isStill(now, sent) ? afterReceipt(now, last.json) : onTopOf(now, last.json)));
  return true;
}

/** @param {Entry} entry @param {string} token */
const put = (entry, token) => callJson("PUT", `/api/v1/${ROOM[/** @type {"visit"} */ (entry.kind)]}/${entry.record}`, entry.body, token);

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

/** @param {Entry} entry @param {import("./line.js").Answer} answer @param {string} [photo] */
async function settle(entry, answer, photo) {
  const after = afterAnswer(entry, answer, photo);
  if (after.isShutOut) await import("./device.js").then((device) => device.forgetToken(entry.owner));
  await update(entry.id, (now) => (isStill(now, entry) ? { ...after.values, attempts: now.attempts + 1, next_at: waitsUntil(now.attempts + 1) } : null));
  return answer.status !== 0;
}

/** The first photo whose bytes are neither here nor there. @param {Entry} entry */
async function firstLacking(entry) {
  const held = new Set((entry.receipt && entry.receipt.photos_held) || []);
  for (const photo of entry.photos) {
    if (!photo.held && !held.has(photo.sha256) && !(await pictureOf(photo.sha256))) return photo.sha256;
  }
  return "";
}

