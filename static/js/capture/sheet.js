// @ts-check
/**
 * One form of 记一笔 while it is written: kept on this phone after every burst of typing and at once when the page is
 * left, and closed for good by saving it as a draft, as ready to be sent, or as something that needs a look.
 */
import { entries } from "./database.js";
import { keep } from "./desk.js";
import { bodyOf, fieldsOf, fill, unitName } from "./fields.js";
import { trayOf } from "./tray.js";

/** @typedef {import("./database.js").Entry} Entry */
/** @typedef {{sha256: string, bytes: ArrayBuffer, type: string}} Bytes */

const PAUSE_MS = 300;

/** @param {any} text a field, which the person may have changed since it came */
const isWrittenIn = (text) => text.value !== text.defaultValue && text.value.trim() !== "";

export class Sheet {
  /** @param {HTMLFormElement} form @param {Entry} entry */
  constructor(form, entry) {
    this.form = form;
    this.entry = entry;
    this.isOver = false;
    this.timer = 0;
    /** @type {import("./database.js").Fields} what was kept and has no field in this version of the form */
    this.homeless = [];
    /** @type {Bytes[]} of photos just chosen, until they are kept */
    this.fresh = [];
    /** @type {Promise<any>} */
    this.writing = Promise.resolve();
    this.tray = trayOf(form, (pictures) => this.write(pictures));
  }

  /** Show what was kept before and begin to keep what is typed now. */
  async open() {
    const isTyped = Array.from(this.form.querySelectorAll("textarea, input[name=title]")).some(isWrittenIn);
    this.homeless = fill(this.form, this.entry.fields);
    const unit = this.homeless.find(([name]) => name === "unit");
    if (unit) {
      const { chooseUnit } = await import("./units.js");
      chooseUnit(this.form, unit[1], this.entry.unit_name);
      this.homeless = this.homeless.filter((pair) => pair !== unit);
    }
    await this.tray.restore(this.entry.photos);
    ["input", "change", "photo-removed"].forEach((name) => this.form.addEventListener(name, () => this.touch()));
    document.addEventListener("visibilitychange", () => this.leave());
    window.addEventListener("pagehide", () => this.leave());
    if (isTyped) this.touch(); // by somebody quicker than our modules: no further key need follow
  }

  touch() {
    this.form.dataset.dirty = "";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.write(), PAUSE_MS);
  }

  leave() {
    if (this.form.dataset.dirty !== undefined && (document.visibilityState === "hidden" || this.timer)) this.write();
  }

  fields() {
    return [...fieldsOf(this.form), ...this.homeless];
  }

  /** What the form holds now, as the entry. @param {Partial<Entry>} more @returns {Entry} */
  now(more) {
    return { ...this.entry, fields: this.fields(), unit_name: unitName(this.form) || this.entry.unit_name, photos: this.tray.pictures(), ...more };
  }

  /** Keep the draft, and the bytes of photos just chosen. @param {Bytes[]} [pictures] */
  write(pictures = []) {
    this.fresh.push(...pictures);
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.writing = this.writing.then(() => this.put({ state: "draft" })).catch((failure) => this.complain(failure));
    return this.writing;
  }

  /** No photo is listed before its bytes are kept; where they do not fit, a draft keeps the rest. @param {Partial<Entry>} more */
  async put(more) {
    if (this.isOver) return;
    const now = this.now(more);
    const fresh = this.fresh.filter((bytes) => now.photos.some((photo) => photo.sha256 === bytes.sha256));
    try {
      this.entry = await keep(now, fresh);
    } catch (failure) {
      const isFresh = (/** @type {{sha256: string}} */ photo) => fresh.some((bytes) => bytes.sha256 === photo.sha256);
      if (fresh.length && now.state === "draft") this.entry = await keep({ ...now, photos: now.photos.filter((photo) => !isFresh(photo)) });
      throw failure;
    }
    this.fresh = this.fresh.filter((bytes) => !fresh.includes(bytes));
    this.say("saidKept", ` ${new Date().toTimeString().slice(0, 5)}`);
  }

  /**
   * Close the sheet: its text goes into the record as it will be sent. Until this is kept, the form stays as it is.
   * @param {import("./database.js").State} state @param {Partial<Entry>} [more] @param {Object<string, boolean>} [choices] mask or keep_phones
   */
  async close(state, more = {}, choices = {}) {
    window.clearTimeout(this.timer);
    const closing = this.writing
      .then(() => this.tray.settled())
      .then(() => this.put({ ...more, state, body: this.body(choices), attempts: 0, next_at: 0, tried: false }))
      .then(() => (this.isOver = true)); // what is still to be written would make a draft of it again
    this.writing = closing.catch(() => {});
    await closing;
    this.form.removeAttribute("data-dirty");
  }

  /** @param {Object<string, boolean>} choices */
  body(choices) {
    const { kind, record, base_version } = this.entry;
    const lists = (this.form.dataset.lists || "").split(" ");
    return bodyOf(this.fields(), { kind, lists, id: record, base_version, photos: this.photos(), more: choices });
  }

  /** What is in the tray, and what of the record that is corrected is still on its way. @returns {{sha256: string, caption: string, taken_at?: string}[]} */
  photos() {
    const listed = this.tray.pictures();
    /** @type {{sha256: string, caption: string}[]} */
    const coming = JSON.parse(this.form.dataset.coming || "[]");
    return [...listed, ...coming.filter((photo) => !listed.some((one) => one.sha256 === photo.sha256))];
  }

  /** What could not be kept is said where it is typed; the form itself still holds everything. @param {any} failure */
  async complain(failure) {
    const isFull = failure && (failure.name === "QuotaExceededError" || (failure.inner && failure.inner.name === "QuotaExceededError"));
    this.say(isFull ? "saidFull" : "saidUnkept", "");
    const waiting = isFull ? await this.waiting() : "";
    if (waiting) this.say("saidFull", waiting);
  }

  /** How much waits and since when, since sending it makes room. */
  async waiting() {
    const unsent = (await entries()).filter((entry) => entry.owner === this.entry.owner && entry.state !== "receipted" && entry.state !== "draft");
    const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
    if (!unsent.length || !place) return "";
    const since = new Date(unsent[0].created_at);
    const facts = { count: unsent.length, month: since.getMonth() + 1, day: since.getDate(), time: since.toTimeString().slice(0, 5) };
    return Object.entries(facts).reduce((words, [name, fact]) => words.replace(`{${name}}`, String(fact)), place.dataset.saidWaiting || "");
  }

  /** @param {string} name @param {string} more */
  say(name, more) {
    const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
    if (place) place.textContent = `${place.dataset[name] || ""}${more}`;
    if (place) place.dataset.tone = name === "saidKept" ? "" : "red";
  }
}
