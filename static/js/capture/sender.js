// @ts-check
/**
 * Sends what waits, one record after the other, as the person who wrote it. One sender at a time in all tabs. What the
 * server has said in a receipt is believed, nothing else; what cannot be sent says why and stays.
 */
import { bringAll, firstLacking } from "./carrying.js";
import { isSetAside, lookAgain } from "./chosen.js";
import { entries, keepNote, note, personOf, tell, update } from "./database.js";
import { TAB, sweep } from "./desk.js";
import { health } from "./device.js";
import { callJson, isReceipt, noAnswer } from "./line.js";
import { afterAnswer, afterReceipt, isStill, onTopOf, waitsUntil } from "./outcome.js";

/** @typedef {import("./database.js").Entry} Entry */

const ROOM = { visit: "visits", problem: "problems", case: "cases" };
const LEASE_MS = 15000;

let isAsked = false;
let isUrgent = false;
let isBusy = false;

/**
 * Send everything that may be sent now. Asked again while at work, it goes round once more.
 * @param {{now?: boolean}} [how] now: also what was to wait for a while after a failure
 */
export async function send(how = {}) {
  isAsked = true;
  isUrgent = isUrgent || how.now === true;
  if (isBusy) return;
  isBusy = true;
  try {
    while (isAsked) {
      const isNow = isUrgent;
      isAsked = isUrgent = false;
      await alone(() => round(isNow), isNow);
    }
  } finally {
    isBusy = false;
    tell();
  }
}

/** Do it unless another tab does; what cannot wait comes after that tab. @param {() => Promise<void>} work @param {boolean} isNow */
async function alone(work, isNow) {
  if ("locks" in navigator) {
    await navigator.locks.request("fieldwork:sender", { ifAvailable: !isNow }, (lock) => (lock ? work() : undefined));
    return;
  }
  const lease = await note("sender"); // Safari before 15.4
  if (lease && lease.tab !== TAB && lease.until > Date.now()) return;
  const hold = () => keepNote("sender", { tab: TAB, until: Date.now() + LEASE_MS });
  await hold();
  const holding = window.setInterval(hold, LEASE_MS / 3); // a tab that is closed holds it no longer than this
  await work().finally(() => window.clearInterval(holding));
  await keepNote("sender", null);
}

/** @param {boolean} isNow */
async function round(isNow) {
  if (isNow) await lookAgain(put);
  const waiting = (await entries()).filter((entry) => (entry.state === "ready" || entry.state === "sent") && (isNow || entry.next_at <= Date.now()));
  const away = waiting.length ? await noAnswer() : null;
  if (away) {
    for (const entry of waiting) await settle(entry, away);
    return;
  }
  // every text before any photo: it is small, and comes through where a photo does not
  const isUp = await each(waiting, text);
  if (isUp) await each(waiting, photos);
  await sweep();
  await health();
}

/**
 * @param {Entry[]} waiting @param {(entry: Entry, token: string) => Promise<boolean>} step @returns {Promise<boolean>} false when there is no line
 */
async function each(waiting, step) {
  for (const entry of waiting) {
    const person = await personOf(entry.owner);
    if (!person || !person.token) {
      await update(entry.id, () => ({ trouble: { code: "login" } }));
      continue;
    }
    const goesOn = await step(entry, person.token);
    tell();
    if (!goesOn) return false;
  }
  return true;
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
 * The text of a record, and what the server lacks of it.
 * @param {Entry} waiting @param {string} token
 */
async function text(waiting, token) {
  if (await waitsForVisit(waiting)) return true;
  const entry = await update(waiting.id, () => ({ tried: true }));
  if (!entry || (entry.state !== "ready" && entry.state !== "sent")) return true;
  const lacking = await firstLacking(entry);
  if (lacking) {
    await update(entry.id, () => ({ state: "blocked", trouble: { code: "photo_missing", photo: lacking } }));
    return true;
  }
  const answer = await put(entry, token);
  if (isReceipt(answer, entry)) return believe(entry, answer);
  const stopped = isSetAside(answer) ? await bringAll(entry, token) : null;
  return stopped ? settle(entry, ...stopped) : settle(entry, answer);
}

/**
 * Its photos, then the receipt that names them all; nothing for a text that has not arrived in this round.
 * @param {Entry} waiting @param {string} token
 */
async function photos(waiting, token) {
  const entry = (await entries()).find((one) => one.id === waiting.id);
  if (!entry || entry.state !== "sent" || entry.trouble) return true;
  const stopped = await bringAll(entry, token);
  if (stopped) return settle(entry, ...stopped);
  const answer = await put(entry, token);
  return isReceipt(answer, entry) ? believe(entry, answer) : settle(entry, answer);
}

/** @param {Entry} sent @param {import("./line.js").Answer} answer a receipt */
async function believe(sent, answer) {
  await update(sent.id, (now) => (isStill(now, sent) ? afterReceipt(now, answer.json) : onTopOf(now, answer.json)));
  return true;
}

/** @param {Entry} entry @param {string} token */
const put = (entry, token) => callJson("PUT", `/api/v1/${ROOM[/** @type {"visit"} */ (entry.kind)]}/${entry.record}`, entry.body, token);

/** @param {Entry} entry @param {import("./line.js").Answer} answer @param {string} [photo] */
async function settle(entry, answer, photo) {
  const after = afterAnswer(entry, answer, photo);
  if (after.isShutOut) await import("./device.js").then((device) => device.forgetToken(entry.owner));
  await update(entry.id, (now) => (isStill(now, entry) ? { ...after.values, attempts: now.attempts + 1, next_at: waitsUntil(now.attempts + 1) } : null));
  return answer.status !== 0;
}
