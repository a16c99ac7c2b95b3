// @ts-check
/**
 * What a camera wrote into a JPEG (time, place, make): a canvas drops it, so it is taken out before and put back after.
 * The picture was turned upright on the way, so the orientation becomes 1; the small preview is left behind.
 */

const APP1 = 0xe1;
const SOS = 0xda;
const ORIENTATION = 0x0112;
const SEGMENT_MAX = 65533;

/** The EXIF part of a JPEG, without its marker and length; null when it has none. @param {Uint8Array} bytes @returns {Uint8Array | null} */
export function exifOf(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1; // filling
      continue;
    }
    if (marker === SOS) return null;
    const length = bytes[at + 2] * 256 + bytes[at + 3];
    const isExif = marker === APP1 && String.fromCharCode(...bytes.subarray(at + 4, at + 10)) === "Exif\0\0";
    if (isExif) return bytes.slice(at + 4, at + 2 + length);
    at += 2 + length;
  }
  return null;
}

/**
 * The JPEG with this EXIF in it.
 * @param {Uint8Array} jpeg as a canvas makes it @param {Uint8Array} exif as exifOf gave it @returns {Uint8Array}
 */
export function withExif(jpeg, exif) {
  const upright = withoutPreview(exif.slice());
  if (upright.length > SEGMENT_MAX) return jpeg;
  const length = upright.length + 2;
  const made = new Uint8Array(jpeg.length + length + 2);
  made.set([0xff, 0xd8, 0xff, APP1, Math.floor(length / 256), length % 256]);
  made.set(upright, 6);
  made.set(jpeg.subarray(2), 6 + upright.length);
  return made;
}

/**
 * Orientation 1, and no second directory, which is where the preview hangs. Damaged data stay as they are.
 * @param {Uint8Array} exif
 */
function withoutPreview(exif) {
  const view = new DataView(exif.buffer, exif.byteOffset + 6, exif.length - 6);
  try {
    const isLittle = view.getUint16(0) === 0x4949;
    const first = view.getUint32(4, isLittle);
    const count = view.getUint16(first, isLittle);
    for (let index = 0; index < count; index += 1) {
      const entry = first + 2 + index * 12;
      if (view.getUint16(entry, isLittle) === ORIENTATION) view.setUint16(entry + 8, 1, isLittle);
    }
    const next = first + 2 + count * 12;
    const preview = view.getUint32(next, isLittle);
    view.setUint32(next, 0, isLittle);
    const isLast = preview > 0 && preview + 512 < view.byteLength && view.byteLength - preview > 2048;
    return isLast && endsBefore(view, preview, isLittle) ? exif.slice(0, 6 + preview) : exif;
  } catch (damaged) {
    return exif;
  }
}

/** Whether nothing that is kept lies behind this place. @param {DataView} view @param {number} place @param {boolean} isLittle */
function endsBefore(view, place, isLittle) {
  const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
  const waiting = new Set([view.getUint32(4, isLittle)]); // a set: a damaged directory may name itself
  for (const at of waiting) {
    if (at > place) return false;
    const count = view.getUint16(at, isLittle);
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12;
      const tag = view.getUint16(entry, isLittle);
      const bytes = (sizes[view.getUint16(entry + 2, isLittle)] || 1) * view.getUint32(entry + 4, isLittle);
      const points = view.getUint32(entry + 8, isLittle);
      if (bytes > 4 && points + bytes > place) return false;
      if (tag === 0x8769 || tag === 0x8825 || tag === 0xa005) waiting.add(points);
    }
  }
  return true;
}
