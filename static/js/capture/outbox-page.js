// @ts-check
/**
 * The page 待发送: every record of whoever is logged in that lies on this phone, and what has arrived of it. Drawn anew
 * whenever anything changes; other people's records are counted, never shown.
 */
import { entries, person } from "./database.js";
import { drop, keep, uuid7 } from "./desk.js";
import { ensureToken } from "./device.js";
import { moveTo, withoutSource } from "./origin.js";
import { show } from "./outbox-rows.js";
import { send } from "./sender.js";

/** @typedef {import("./database.js").Entry} Entry */

const LOOK_MS = 15000;
const saved = new URLSearchParams(location.search).get("saved");
const box = /** @type {HTMLElement} */ (document.querySelector("[data-outbox]"));

/** @param {string} name @returns {HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (box.querySelector(name));

async function draw() {
  const owner = person();
  const all = await entries();
  const mine = all.filter((entry) => owner && entry.owner === owner.uid);
  const others = all.filter((entry) => (!owner || entry.owner !== owner.uid) && entry.state !== "receipted");
  const groups = {
    waiting: mine.filter((entry) => ["ready", "sent", "blocked"].includes(entry.state)),
    drafts: mine.filter((entry) => entry.state === "draft"),
    done: mine.filter((entry) => entry.state === "receipted").reverse(),
  };
  Object.entries(groups).forEach(([name, found]) => {
    part(`[data-part="${name}"]`).hidden = !found.length;
    show(box, part(`[data-part="${name}"] [data-rows]`), found);
  });
  part("[data-saved]").hidden = !groups.waiting.some((entry) => entry.id === saved && entry.state !== "blocked");
  part("[data-none]").hidden = groups.waiting.length + groups.drafts.length > 0;
  part("[data-tools]").hidden = groups.waiting.length + groups.drafts.length === 0;
  part("[data-send]").hidden = !groups.waiting.some((entry) => entry.state !== "blocked");
  part("[data-others]").hidden = !others.length;
  part("[data-others] [data-count]").textContent = String(others.length);
  if (groups.waiting.length + groups.drafts.length) await storage();
}

async function storage() {
  const place = part("[data-storage]");
  if (!navigator.storage || !navigator.storage.estimate) return;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  const kept = navigator.storage.persisted ? await navigator.storage.persisted() : true;
  const megabytes = (/** @type {number} */ bytes) => String(Math.round(bytes / 1e6));
  const said = (place.dataset.said || "").replace("{used}", megabytes(usage)).replace("{free}", megabytes(quota - usage));
  place.textContent = kept ? said : `${said}${place.dataset.saidFleeting || ""}`;
  place.hidden = false;
}

/** All that is not receipted, as files that the office can take in. */
async function exported() {
  const owner = person();
  if (!owner) return;
  const made = await import("./export.js").then(({ handOut }) => handOut(box, owner.uid)).catch(() => box.dataset.saidNoFile);
  part("[data-exported]").hidden = false;
  part("[data-exported] span").textContent = made || "";
}

/** The same words and photos under a new id, ready to be sent. @param {Entry} entry */
async function anew(entry) {
  const id = uuid7();
  await keep({ ...entry, id, record: id, base_version: 0, state: "ready", tried: false, attempts: 0, next_at: 0, trouble: null, receipt: null, body: { ...entry.body, id, base_version: 0 } });
  await moveTo(entry.owner, entry.record, id);
  await drop(entry.id);
  await send({ now: true });
}

box.addEventListener("click", async (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (target.closest("[data-entry]"));
  if (target.closest("[data-send]")) await ensureToken().then(() => send({ now: true }));
  if (target.closest("[data-export]")) await exported();
  if (!row) return;
  const entry = (await entries()).find((one) => one.id === row.dataset.entry);
  if (entry && target.closest("[data-anew]")) await anew(entry);
  if (entry && target.closest("[data-unlink]")) await withoutSource(entry.id).then(() => send({ now: true }));
  if (entry && target.closest("[data-drop]") && window.confirm(box.dataset.askDrop)) await drop(entry.id);
});

window.addEventListener("fieldwork:changed", draw);
draw().then(ensureToken).then(() => send({ now: true }));
window.setInterval(() => send(), LOOK_MS);

