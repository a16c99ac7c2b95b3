// @ts-check
/**
 * This phone at the door: a token of its own for each person who uses it, that only sends; and how the phone is doing,
 * told to its owner's page.
 */
import { entries, keepNote, keepPerson, note, person, personOf } from "./database.js";
import { callJson } from "./line.js";

const REPORT_EVERY_MS = 10 * 60 * 1000;

/** See to it that records of whoever is logged in can be sent, also after their session has ended. */
export async function ensureToken() {
  const here = person();
  if (!here) return;
  const known = await personOf(here.uid);
  if (known && known.token) return;
  const answer = await callJson("POST", "/me/devices", { name: deviceName() });
  if (answer.status !== 201 || !answer.json || !answer.json.token) return;
  await keepPerson({ uid: here.uid, name: here.name, token: answer.json.token, device: answer.json.device });
}

/** The token lets nobody in any more; the next login on this phone gets a new one. @param {string} uid */
export async function forgetToken(uid) {
  const known = await personOf(uid);
  if (known) await keepPerson({ ...known, token: undefined });
}

/** Tell the owner's page, now and then, how this phone is doing. */
export async function health() {
  const here = person();
  const known = here && (await personOf(here.uid));
  if (!known || !known.token) return;
  const last = (await note(`reported:${known.uid}`)) || 0;
  const mine = (await entries()).filter((entry) => entry.owner === known.uid && entry.state !== "receipted" && entry.state !== "draft");
  if (Date.now() - last < REPORT_EVERY_MS) return;
  const storage = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate() : {};
  const answer = await callJson("PUT", "/api/v1/me/device", {
    app_version: document.documentElement.dataset.version || "",
    unsent: mine.length,
    oldest_unsent_at: mine.length ? new Date(mine[0].created_at).toISOString() : null,
    used_bytes: storage.usage || 0,
    quota_bytes: storage.quota || 0,
    is_persistent: navigator.storage && navigator.storage.persisted ? await navigator.storage.persisted() : null,
  }, known.token);
  if (answer.status === 204) await keepNote(`reported:${known.uid}`, Date.now());
}

/** What the phone is called on its owner's page: what the browser says of the machine. */
function deviceName() {
  const agent = navigator.userAgent;
  const model = /\(([^)]+)\)/.exec(agent);
  const browser = /(MicroMessenger|Edg|Chrome|Firefox|Safari)\/[\d.]+/.exec(agent);
  return [model && model[1].split(";").slice(-1)[0].trim(), browser && browser[0]].filter(Boolean).join(" · ").slice(0, 100) || "?";
}
