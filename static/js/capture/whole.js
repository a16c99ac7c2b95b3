// @ts-check
/**
 * Whether a picture's file has come to its end. Browsers draw the half that is there and say nothing, as when an album
 * has fetched but a part of it; only the headers are walked through, nothing is decoded.
 */

/** @type {Object<string, (bytes: Uint8Array, view: DataView) => boolean>} */
const ENDS = {
  "image/jpeg": endsAsJpeg,
  "image/png": endsAsPng,
  "image/webp": (bytes, view) => view.getUint32(4, true) + 8 <= bytes.length,
  "image/heic": endsAsBoxes,
  "image/avif": endsAsBoxes,
};

/** @param {Uint8Array} bytes the whole file @param {string} kind */
export function isWhole(bytes, kind) {
  const ends = ENDS[kind];
  return !ends || ends(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
}

/** There is an end behind the first scan; the preview in the header has one of its own. What follows is the maker's. @param {Uint8Array} bytes */
function endsAsJpeg(bytes) {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    at += bytes[at + 1] === 0xff ? 1 : 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  for (at = bytes.indexOf(0xff, at); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** @param {Uint8Array} bytes @param {DataView} view */
function endsAsPng(bytes, view) {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (named(bytes, at + 4) === "IEND") return true;
  }
  return false;
}

/** Every box is as long as it says, and one of them holds the picture. @param {Uint8Array} bytes @param {DataView} view */
function endsAsBoxes(bytes, view) {
  let isHeld = false;
  let at = 0;
  while (at + 8 <= bytes.length) {
    const said = view.getUint32(at);
    isHeld = isHeld || ["mdat", "idat"].includes(named(bytes, at + 4));
    if (said === 0) return isHeld; // the last box, up to the end
    const length = said === 1 && at + 16 <= bytes.length ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : said;
    if (length < 8) return isHeld; // no box: something of the maker's
    at += length;
  }
  return isHeld && at <= bytes.length;
}

/** @param {Uint8Array} bytes @param {number} at */
const named = (bytes, at) => String.fromCharCode(...bytes.subarray(at, at + 4));
