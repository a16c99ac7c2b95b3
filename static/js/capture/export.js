// @ts-check
/**
 * What has not been sent, handed out as files that the office can take in. Several where one would be too large. Inside
 * other apps a page may save no file: there the phone's own sharing is asked, and where that is missing, words say so.
 */
import { marked, rulesOf } from "./checks.js";
import { entries, pictureOf } from "./database.js";
import { queueZip } from "./queue-file.js";

/** @typedef {import("./database.js").Entry} Entry */

const FILE_BYTES = 200e6; // the office takes 800 MB and 500 records
const FILE_RECORDS = 400;
const IN_ANOTHER_APP = /MicroMessenger|; wv\)|DingTalk|QQ\/|Lark\//;
const GONE_AFTER_MS = 60000;

/** @param {HTMLElement} box the page 待发送 @param {string} owner @returns {Promise<string>} what became of it, in words */
export async function handOut(box, owner) {
  const unsent = (await entries()).filter((entry) => entry.owner === owner && entry.state !== "receipted");
  const isSecret = (/** @type {Entry} */ entry) => entry.fields.some(([, value]) => marked(value, rulesOf(box)).some(([, is]) => is));
  const open = unsent.filter((entry) => !isSecret(entry));
  const records = open.filter((entry) => entry.body && entry.state !== "draft");
  const drafts = open.filter((entry) => !records.includes(entry) && entry.id === entry.record && entry.fields.length);
  const files = inFiles(records, drafts);
  for (const [place, some] of files.entries()) {
    const left = some.filter((entry) => drafts.includes(entry)).map(({ record, kind, fields }) => ({ id: record, kind, fields }));
    const zip = await queueZip(some.filter((entry) => records.includes(entry)).map((entry) => entry.body), pictureOf, owner, left);
    const part = files.length > 1 ? `-${place + 1}of${files.length}` : "";
    if (!(await deliver(zip, `fieldwork-${new Date().toISOString().slice(0, 10)}${part}.zip`))) return box.dataset.saidNoFile || "";
  }
  const counts = { n: String(records.length), d: String(drafts.length), f: String(files.length), s: String(unsent.length - open.length) };
  const words = [box.dataset.saidExported, drafts.length && box.dataset.saidDrafts, counts.s !== "0" && box.dataset.saidSecret];
  return words.filter(Boolean).join("").replace(/\{(\w)\}/g, (_, name) => /** @type {any} */ (counts)[name]);
}

/** @param {Entry[]} records @param {Entry[]} drafts without their photos @returns {Entry[][]} */
function inFiles(records, drafts) {
  /** @type {Entry[][]} */
  const files = [];
  let bytes = 0;
  [...records, ...drafts].forEach((entry) => {
    const size = drafts.includes(entry) ? 0 : entry.photos.reduce((sum, photo) => sum + photo.size, 0);
    const last = files[files.length - 1];
    const isFull = !last || last.length === FILE_RECORDS || bytes + size > FILE_BYTES;
    bytes = isFull ? size : bytes + size;
    if (isFull) files.push([entry]);
    else last.push(entry);
  });
  return files;
}

/** @param {Blob} zip @param {string} name @returns {Promise<boolean>} whether the browser took it */
async function deliver(zip, name) {
  if (IN_ANOTHER_APP.test(navigator.userAgent)) return share(new File([zip], name, { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(zip);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), GONE_AFTER_MS);
  return true;
}

/** @param {File} file */
async function share(file) {
  const phone = /** @type {any} */ (navigator);
  if (!phone.canShare || !phone.canShare({ files: [file] })) return false;
  return phone.share({ files: [file] }).then(() => true, () => false);
}
