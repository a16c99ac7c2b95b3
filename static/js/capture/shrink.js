// @ts-check
/**
 * A photo made ready for a thin line: at most 2048 px, upright, what the camera wrote kept as data. One at a time, so
 * that a phone with little memory never holds two decoded pictures. HEIC and AVIF go as they are: many browsers cannot
 * decode them, and of those that can, what the camera wrote would be lost.
 */
import { exifOf, withExif } from "./exif.js";
import { isWhole } from "./whole.js";

const LONGEST_PX = 2048;
const QUALITY = 0.85;
const BYTES_MAX = 25 * 1024 * 1024;
const READ_MAX = 4 * BYTES_MAX; // large ones may become small, but have to be read first
const AS_IS = ["image/heic", "image/avif"];
const TAKEN = ["image/jpeg", "image/png", "image/webp"]; // by the server; others become JPEG

/** @type {Promise<any>} */
let before = Promise.resolve();

/**
 * @param {Blob} file
 * @returns {Promise<{blob: Blob, width: number, height: number, shrunk: boolean}>} rejected with `.reason` empty,
 *   undecodable or too_large; width and height are 0 where the browser cannot tell
 */
export function prepared(file) {
  const mine = before.then(() => prepare(file));
  before = mine.catch(() => {});
  return mine;
}

/** @param {Blob} file */
async function prepare(file) {
  if (!file.size) throw refusal("empty");
  if (file.size > READ_MAX) throw refusal("too_large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes.subarray(0, 32));
  if (!kind || !isWhole(bytes, kind)) throw refusal("undecodable");
  const original = new Blob([file], { type: kind });
  const made = AS_IS.includes(kind) ? { blob: original, width: 0, height: 0, shrunk: false } : await looked(original, bytes);
  if (made.blob.size > BYTES_MAX) throw refusal("too_large");
  return made;
}

/** @param {string} reason */
const refusal = (reason) => Object.assign(new Error(reason), { reason });

/** What the bytes are, whatever the name says; "" for no picture. @param {Uint8Array} head */
function kindOf(head) {
  const text = String.fromCharCode(...head);
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("BM")) return "image/bmp";
  if (text.slice(4, 8) !== "ftyp") return "";
  const brands = text.slice(8);
  if (/avi[fs]/.test(brands)) return "image/avif";
  return /hei[cxms]|hev[cx]|mif1|msf1/.test(brands) ? "image/heic" : "";
}

/**
 * @param {Blob} file
 * @returns {Promise<{source: ImageBitmap | HTMLImageElement, width: number, height: number, free: () => void}>}
 */
async function decoded(file) {
  if ("createImageBitmap" in window) {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      return { source: bitmap, width: bitmap.width, height: bitmap.height, free: () => bitmap.close() };
    } catch (unable) {
      // browsers that do not know the option turn the <img> upright by themselves
    }
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  const free = () => URL.revokeObjectURL(image.src);
  await image.decode().catch((failure) => {
    free();
    throw failure;
  });
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, free };
}

/** @param {Blob} original @param {Uint8Array} bytes the same */
async function looked(original, bytes) {
  const { source, width, height, free } = await decoded(original).catch(() => {
    throw refusal("undecodable");
  });
  const unchanged = { blob: original, width, height, shrunk: false };
  /** @type {HTMLCanvasElement} */
  let canvas;
  try {
    const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
    if (scale === 1 && TAKEN.includes(original.type)) return unchanged;
    canvas = drawn(source, Math.round(width * scale), Math.round(height * scale));
  } finally {
    free();
  }
  const size = { width: canvas.width, height: canvas.height };
  /** @type {Blob | null} */
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0; // Safari keeps the memory otherwise
  return small ? { blob: await labelled(small, bytes), ...size, shrunk: true } : unchanged;
}

/** @param {ImageBitmap | HTMLImageElement} source @param {number} width @param {number} height */
function drawn(source, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, width), height: Math.max(1, height) });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "white"; // what is transparent would become black
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The small JPEG with what the camera wrote into the original. @param {Blob} small @param {Uint8Array} original */
async function labelled(small, original) {
  const exif = exifOf(original);
  if (!exif) return small;
  const bytes = withExif(new Uint8Array(await small.arrayBuffer()), exif);
  return new Blob([/** @type {any} */ (bytes)], { type: "image/jpeg" });
}
