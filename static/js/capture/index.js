// @ts-check
/**
 * 记一笔 on this phone: <form data-capture="visit"> is kept while it is typed, and "sent" means kept here first, then
 * sent whenever there is a line. Where the browser can keep nothing, the form stays a plain form, kept early by the server.
 */
import { entries, entryOf, person } from "./database.js";
import { blank, isAble, leftDraft, persist, take } from "./desk.js";
import { fieldsOf } from "./fields.js";
import { Sheet } from "./sheet.js";

/** @typedef {import("./database.js").Entry} Entry */

const SETTLED_MS = 3000;

/** @type {WeakMap<HTMLFormElement, Sheet>} */
const sheets = new WeakMap();
/** @type {Sheet | null} */
let last = null;
/** @type {HTMLButtonElement | null} the button that sends the form, for browsers that do not say */
let pressed = null;

/** @param {HTMLFormElement} form */
async function begin(form) {
  const owner = person();
  if (!owner) return;
  if (!(await isAble())) return import("./early.js").then(({ followForm }) => followForm(form));
  const found = await entryFor(form, owner.uid);
  const sheet = new Sheet(form, found);
  await sheet.open();
  if (new URLSearchParams(location.search).get("visit")) await import("./inherit.js").then(({ inherit }) => inherit(form, found));
  sheets.set(form, sheet);
  last = sheet;
  form.dataset.ready = "";
  form.noValidate = true; // what is missing is said in our words, at its field
  if (found.fields.length) sheet.say("saidRestored", "");
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sheet.isOver) location.reload(); // come back to by a swipe: what was saved is not written on
  });
  if (found.trouble && found.trouble.fields) await import("./faults.js").then(({ show }) => show(form, (found.trouble || {}).fields || {}));
  await persist();
  window.setTimeout(() => settle(sheet), SETTLED_MS);
}

/** What the page does not need to be written on. @param {Sheet} sheet */
async function settle(sheet) {
  await Promise.all([toSave(), import("./shrink.js"), import("./digest.js")]).catch(() => null); // before the line is gone
  await import("./device.js").then(({ ensureToken }) => ensureToken());
  await import("./early.js").then(({ follow }) => follow(sheet));
}

/** The entry this form is about: the one the address names, a correction, a draft left before, or a new one. @param {HTMLFormElement} form @param {string} owner */
async function entryFor(form, owner) {
  const kind = form.dataset.capture || "";
  const page = location.pathname;
  const drafted = new URLSearchParams(location.search).get("draft") || ""; // kept early by the server, which filled the form in
  const asked = new URLSearchParams(location.search).get("local") || drafted;
  const named = asked ? await entryOf(asked) : undefined;
  if (named && named.owner === owner && named.kind === kind && canBeEdited(named) && (await take(named.id))) return named;
  if (form.dataset.record) return correction(form, kind, owner, page);
  const left = isFresh(form) ? await leftDraft(kind, owner) : null;
  if (left) return left;
  const fresh = blank(kind, owner, drafted && !named ? { id: drafted, page } : { page });
  await take(fresh.id);
  return fresh;
}

/** @param {HTMLFormElement} form @param {string} kind @param {string} owner @param {string} page */
async function correction(form, kind, owner, page) {
  const record = form.dataset.record || "";
  const version = Number(form.dataset.version);
  const known = (await entries()).filter((entry) => entry.record === record && entry.owner === owner && entry.id !== record && canBeEdited(entry));
  const left = known.find((entry) => entry.base_version >= version);
  return left || blank(kind, owner, { id: `${record}@${version}`, record, base_version: version, page });
}

/** @param {Entry} entry */
const canBeEdited = (entry) => entry.state === "draft" || entry.state === "blocked" || (entry.state === "ready" && !entry.tried);

/** Nothing is written in it, and it was not opened for something in particular. @param {HTMLFormElement} form */
function isFresh(form) {
  const asked = new URLSearchParams(location.search);
  const texts = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("textarea, input[name=title]"));
  return !["visit", "unit", "problem", "draft", "blank"].some((name) => asked.get(name)) && Array.from(texts).every((text) => !text.value.trim());
}

const toSave = () => Promise.all([import("./faults.js"), import("./checks.js")]);

/** @param {HTMLFormElement} form @param {Sheet} sheet @param {HTMLButtonElement | null} button */
async function save(form, sheet, button) {
  const name = (button && button.name) || "";
  /** @type {Object<string, boolean>} */
  const choices = name === "keep_phones" ? { [name]: true } : {};
  if (name === "draft") return finish(sheet, "draft", "");
  const parts = await toSave().catch(() => null);
  if (!parts) return sheet.write().then(() => sheet.say("saidLater", "")); // the line was gone before the page was whole
  const [{ clear, missing, show }, { maskIn, objections, offerMask }] = parts;
  clear(form);
  if (name === "mask") maskIn(form);
  await sheet.tray.settled();
  const wanting = missing(form, sheet.fields());
  const stopping = objections(form, sheet.fields(), sheet.tray.pictures(), choices);
  offerMask(form, sheet.fields());
  if (!Object.keys(wanting).length && !Object.keys(stopping).length) return finish(sheet, "ready", name === "then" && button ? button.value : "", choices);
  await sheet.write();
  if (Object.keys(stopping).length) await sheet.put({ state: "blocked", trouble: { code: "secret", fields: stopping } });
  show(form, { ...wanting, ...stopping });
}

/** @param {Sheet} sheet @param {"draft"|"ready"} state @param {string} then @param {Object<string, boolean>} [choices] */
async function finish(sheet, state, then, choices) {
  try {
    await sheet.close(state, { trouble: null }, choices);
  } catch (failure) {
    sheet.complain(failure);
    return;
  }
  location.assign(then ? `/${then}s/new?visit=${sheet.entry.record}` : `/outbox/?saved=${encodeURIComponent(sheet.entry.id)}`);
}

document.addEventListener("click", (event) => {
  pressed = /** @type {Element} */ (event.target).closest("button[type=submit]");
}, true);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const sheet = sheets.get(form);
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter || pressed);
  pressed = null;
  if (!sheet || (button && button.name === "find")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  save(form, sheet, button).finally(() => form.removeAttribute("data-busy"));
}, true);

/** A form that a fragment brought anew goes on where the one before stood. */
document.addEventListener("htmx:after:swap", async () => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-capture]:not([data-ready])"));
  if (!form || !last) return;
  const sheet = new Sheet(form, { ...last.entry, fields: fieldsOf(form) });
  form.dataset.ready = "";
  sheets.set(form, sheet);
  last = sheet;
  await sheet.open();
});

document.querySelectorAll("form[data-capture]").forEach((form) => begin(/** @type {HTMLFormElement} */ (form)));
