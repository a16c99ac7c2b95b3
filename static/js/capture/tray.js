// @ts-check
/**
 * The photos of one form: each is looked at, shrunk and named by its bytes the moment it is chosen, one after another,
 * and handed to `taken` to be kept. A photo that cannot be used leaves the tray, and the picker says why.
 */
import { pictureOf } from "./database.js";
import { withOffset } from "./fields.js";

/** @typedef {import("./database.js").Picture} Picture */

/**
 * @param {HTMLFormElement} form
 * @param {(pictures: {sha256: string, bytes: ArrayBuffer, type: string}[]) => void} taken
 */
export function trayOf(form, taken) {
  /** @type {Promise<any>} */
  let work = Promise.resolve();
  let refused = 0; // of those chosen together
  const picker = /** @type {any} */ (form.querySelector("photo-picker"));

  /** @param {Event} event */
  function add(event) {
    const item = /** @type {HTMLElement} */ (event.target);
    if (!items().some((other) => other.hasAttribute("data-busy"))) refused = 0;
    item.dataset.busy = "";
    work = work.then(() => read(item, /** @type {CustomEvent} */ (event).detail.file)).catch(() => {});
  }

  /** @param {HTMLElement} item @param {File} file @param {number} [tries] @returns {Promise<void>} */
  async function read(item, file, tries = 3) {
    try {
      const [{ prepared }, { sha256 }] = await Promise.all([import("./shrink.js"), import("./digest.js")]);
      const { blob } = await prepared(file);
      const [name, bytes] = await Promise.all([sha256(blob), blob.arrayBuffer()]);
      if (!item.isConnected) return;
      const twin = items().find((other) => other !== item && other.dataset.sha256 === name);
      if (twin) {
        picker.remove_(item); // the same picture twice is one picture
        picker.say(picker.dataset.saidTwin || "");
      } else Object.assign(item.dataset, { sha256: name, size: String(blob.size), type: blob.type, taken_at: withOffset(new Date(file.lastModified)) });
      taken([{ sha256: name, bytes, type: blob.type }]); // at once: what is listed has its bytes
    } catch (trouble) {
      const reason = String(/** @type {any} */ (trouble).reason || "unkept");
      if (reason === "unkept" && tries > 1 && item.isConnected) return after(2000).then(() => read(item, file, tries - 1)); // a script did not come over the line
      if (item.isConnected) picker.remove_(item);
      refused += 1;
      const one = picker.getAttribute(`data-said-${reason}`) || picker.dataset.saidUndecodable || "";
      picker.say(refused > 1 ? (picker.dataset.saidSeveral || "").replace("{n}", String(refused)) : one);
    } finally {
      item.removeAttribute("data-busy");
    }
  }

  const items = () => /** @type {HTMLElement[]} */ (picker ? Array.from(picker.querySelectorAll("ol > li")) : []);

  /** The photos in their order, those the server holds already among them. @returns {Picture[]} */
  function pictures() {
    return items().map(pictureIn).filter((picture) => picture !== null);
  }

  /** Show kept photos again. @param {Picture[]} kept */
  async function restore(kept) {
    const here = new Set(pictures().map((picture) => picture.sha256));
    for (const picture of kept.filter((one) => picker && !here.has(one.sha256))) {
      const blob = (await pictureOf(picture.sha256)) || new Blob([]); // lost: it stays listed until somebody takes it out
      const item = picker.restore(blob, picture.caption);
      Object.assign(item.dataset, { sha256: picture.sha256, size: String(picture.size), type: picture.type, taken_at: picture.taken_at || "" });
    }
  }

  form.addEventListener("photo-added", add);
  return { pictures, restore, settled: () => work };
}

/** @param {number} ms */
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {HTMLElement} item @returns {Picture | null} */
function pictureIn(item) {
  const input = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (item.querySelector(`[name="${name}"]`));
  const held = input("held");
  const gone = input("gone");
  if (held) {
    const words = input("held_captions");
    return gone && gone.checked ? null : { sha256: held.value, caption: words ? words.value : "", size: 0, type: "", held: true };
  }
  const { sha256: name, size, type, taken_at } = item.dataset;
  const words = /** @type {HTMLInputElement | null} */ (item.querySelector(".photo-words"));
  return name ? { sha256: name, caption: words ? words.value : "", size: Number(size), type: type || "", taken_at } : null;
}
