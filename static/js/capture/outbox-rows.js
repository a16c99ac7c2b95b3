// @ts-check
/** The rows of 待发送: title, what has arrived, why it stopped, what can be done. */
import { marked, rulesOf } from "./checks.js";
import { one } from "./fields.js";
import { lacksSource } from "./origin.js";

/** @typedef {import("./database.js").Entry} Entry */

const AROUND = 12; // characters of a long text shown beside what is marked
const TONES = { draft: "mute", ready: "amber", sent: "blue", receipted: "green", blocked: "red" };
const ROOMS = { visit: "visits", problem: "problems", case: "cases" };

/** @param {HTMLElement} box @param {HTMLElement} list @param {Entry[]} found */
export function show(box, list, found) {
  const template = /** @type {HTMLTemplateElement} */ (box.querySelector("template[data-row]"));
  list.replaceChildren(...found.map((entry) => row(box, template, entry)));
}

/** @param {HTMLElement} box @param {HTMLTemplateElement} template @param {Entry} entry */
function row(box, template, entry) {
  const item = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (item.querySelector(name));
  item.dataset.entry = entry.id;
  item.dataset.state = entry.state;
  const title = /** @type {HTMLAnchorElement} */ (part(".row-title"));
  title.textContent = one(entry.fields, "title") || one(entry.fields, "text").split("\n")[0].slice(0, 40) || word(box, "untitled");
  const arrived = entry.state === "sent" || entry.state === "receipted";
  if (arrived) title.href = `/${ROOMS[/** @type {"visit"} */ (entry.kind)]}/${entry.record}`;
  else if (canBeOpened(entry)) title.href = openAt(entry);
  part(".stamp").textContent = stamp(box, entry);
  part(".stamp").dataset.tone = TONES[entry.state];
  part(".row-meta").textContent = [word(box, entry.kind), entry.unit_name, photos(box, entry), when(entry)].filter(Boolean).join(" · ");
  const isFreshCase = entry.kind === "case" && entry.state === "receipted" && entry.id === new URLSearchParams(location.search).get("saved");
  const trouble = entry.trouble && entry.state !== "receipted" ? entry.trouble : isFreshCase ? { code: "case" } : null;
  part("[data-why]").hidden = !trouble;
  if (trouble) part("[data-why]").append(...why(box, trouble, entry));
  tools(item, entry);
  return item;
}

/** @param {HTMLElement} box @param {string} name */
const word = (box, name) => box.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`] || "";

/** @param {HTMLElement} box @param {Entry} entry */
function stamp(box, entry) {
  if (entry.state === "sent") return `${word(box, "sent")} ${photos(box, entry)}`;
  return word(box, entry.state);
}

/** @param {HTMLElement} box @param {Entry} entry */
function photos(box, entry) {
  if (!entry.photos.length) return "";
  const here = entry.photos.filter((photo) => photo.held).length;
  return word(box, "photos").replace("{n}", String(here)).replace("{m}", String(entry.photos.length));
}

/** @param {Entry} entry */
function when(entry) {
  const moment = new Date(entry.created_at);
  return `${moment.getMonth() + 1}-${moment.getDate()} ${moment.toTimeString().slice(0, 5)}`;
}

/** Why it stopped, in words; text that must not be sent is marked. @param {HTMLElement} box @param {import("./database.js").Trouble} trouble @param {Entry} entry */
function why(box, trouble, entry) {
  const said = box.getAttribute(`data-trouble-${trouble.code}`) || "";
  const more = trouble.said || Object.values(trouble.fields || {}).reduce((all, some) => [...all, ...some], /** @type {string[]} */ ([]));
  const words = document.createElement("span");
  words.textContent = `${said}${more.join("；")}`;
  const texts = trouble.code === "secret" ? Object.keys(trouble.fields || {}).map((name) => one(entry.fields, name)) : [];
  return [words, ...texts.reduce((all, text) => [...all, document.createElement("br"), excerpt(text, rulesOf(box))], /** @type {Node[]} */ ([]))];
}

/** A text that has to be changed, with what must not be sent marked in it. @param {string} text @param {import("./sendable.js").Rules} rules */
function excerpt(text, rules) {
  const whole = document.createElement("span");
  marked(text, rules).forEach(([piece, isMarked]) => {
    const part = document.createElement(isMarked ? "mark" : "span");
    part.textContent = isMarked || piece.length <= AROUND * 2 ? piece : `${piece.slice(0, AROUND)}…${piece.slice(-AROUND)}`;
    whole.append(part);
  });
  return whole;
}

/** @param {Entry} entry */
const canBeOpened = (entry) => entry.state === "draft" || entry.state === "blocked" || (entry.state === "ready" && !entry.tried);

/** @param {Entry} entry */
function openAt(entry) {
  const page = entry.id === entry.record ? `/${ROOMS[/** @type {"visit"} */ (entry.kind)]}/new` : entry.page;
  return `${page}?local=${encodeURIComponent(entry.id)}`;
}

/** @param {HTMLElement} item @param {Entry} entry */
function tools(item, entry) {
  const code = entry.trouble ? entry.trouble.code : "";
  const part = (/** @type {string} */ name) => /** @type {HTMLAnchorElement} */ (item.querySelector(name));
  const shown = {
    "[data-open]": canBeOpened(entry) && code !== "conflict" && code !== "gone",
    "[data-choose]": code === "conflict",
    "[data-anew]": code === "gone" || (entry.state === "blocked" && code === "refused"),
    "[data-unlink]": lacksSource(entry),
    "[data-login]": code === "login",
    "[data-drop]": entry.state === "draft" || (entry.state === "blocked" && code !== "conflict"),
  };
  Object.entries(shown).forEach(([name, is]) => (part(name).hidden = !is));
  part("[data-open]").href = openAt(entry);
  if (entry.trouble && entry.trouble.link) part("[data-choose]").href = entry.trouble.link;
  part("[data-row-tools]").hidden = !Object.values(shown).some(Boolean);
}
