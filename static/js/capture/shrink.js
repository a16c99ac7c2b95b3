// @ts-check
/**
 * A photo made ready for a thin line: at most 2048 px, upright, what the camera wrote kept as data. One at a time, so
 * that a phone with little memory never holds two decoded pictures. What this browser cannot decode (HEIC) goes as it is.
 */
import { exifOf, withExif } from "./exif.js";

const LONGEST_PX = 2048;
const QUALITY = 0.85;
const BYTES_MAX = 25 * 1024 * 1024;
const DECODED = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"];

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
  const kind = kindOf(new Uint8Array(await file.slice(0, 32).arrayBuffer()));
  if (!kind) throw refusal("undecodable");
  const picture = await decoded(file).catch(() => null);
  if (!picture && DECODED.includes(kind)) throw refusal("undecodable");
  const made = picture ? await shrunk(file, kind, picture) : { blob: new Blob([file], { type: kind }), width: 0, height: 0, shrunk: false };
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

/**
 * @param {Blob} file @param {string} kind
 * @param {{source: ImageBitmap | HTMLImageElement, width: number, height: number, free: () => void}} picture
 */
async function shrunk(file, kind, { source, width, height, free }) {
  const scale = LONGEST_PX / Math.max(width, height);
  if (scale >= 1) {
    free();
    return { blob: new Blob([file], { type: kind }), width, height, shrunk: false };
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const size = { width: canvas.width, height: canvas.height };
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  free();
  /** @type {Blob | null} */
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0; // Safari keeps the memory otherwise
  if (!small) return { blob: new Blob([file], { type: kind }), width, height, shrunk: false };
  const exif = kind === "image/jpeg" ? exifOf(new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer())) : null;
  const bytes = new Uint8Array(await small.arrayBuffer());
  return { blob: new Blob([/** @type {any} */ (exif ? withExif(bytes, exif) : bytes)], { type: "image/jpeg" }), ...size, shrunk: true };
}
