// @ts-check
/**
 * What must not be sent through a system that is not for secrets, found on the phone: a port of fieldwork/core/hanzi,
 * with its patterns for marks and its words taken from there (`rules`, see browsers.py). A test compares the two.
 *
 * @typedef {{kind: "secrecy_mark"|"id_number"|"bank_card"|"phone", start: number, end: number, shown: string}} Finding
 * @typedef {{marks: {source: string, after: string}[], other_name: string, said: Object<string, string>}} Rules
 * @typedef {{plain: string, places: number[]}} Plain  `places`: where each character of `plain` stands in the text
 */

const PHONE = /(?:(?:\+|00)?86[ -]?)?(1[3-9]\d(?:\d{8}|(?:[ .-]\d{4}){2}|\d[ .-]\d{3}[ .-]\d{4}))(?![\dA-Za-z])/;
const ID = /([1-8](?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx])(?!\d)/;
const CARD = /(\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|\d{6}[ -]\d{10,13})(?!\d)/;
const SURELY_A_CARD = /^(?:62\d{14,17}|9558\d{15})$/;
const PERHAPS_A_CARD = /^(?:4\d|5[1-5]|35)\d{14}$/;
const NAME_MAX = 12;
const EDGES = /^[\p{Zs}\t]+|[\p{Zs}\t]+$/gu; // trim() takes more than Python's strip()
const CHINA_MS = 8 * 3600 * 1000; // east of UTC
const PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(" ");
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** @param {string} text @param {Rules} rules @returns {Finding[]} in the order of the text, none over another */
export function findings(text, rules) {
  const halved = halfWidth(text);
  /** @type {Finding[]} */
  const taken = [];
  [...marks(text, halved, rules), ...numbers(halved, rules)].forEach((found) => {
    if (taken.every((other) => found.end <= other.start || other.end <= found.start)) taken.push(found);
  });
  return taken.sort((one, other) => one.start - other.start);
}

/** @param {string} text @param {Plain} halved @param {Rules} rules @returns {Finding[]} */
function marks(text, { plain, places }, rules) {
  /** @type {Finding[]} */
  const found = [];
  rules.marks.forEach(({ source, after }) => {
    Array.from(plain.matchAll(new RegExp(source, "gm"))).forEach((match) => {
      const mark = (match.groups || {}).mark;
      const at = /** @type {number} */ (match.index) + match[0].indexOf(mark);
      if (after && plain[at - 1] === after) return;
      const [start, end] = [places[at], places[at + mark.length]];
      found.push({ kind: "secrecy_mark", start, end, shown: text.slice(start, end).replace(EDGES, "") });
    });
  });
  return found;
}

/** @param {Plain} halved @param {Rules} rules @returns {Finding[]} */
function numbers({ plain, places }, rules) {
  const otherName = new RegExp(rules.other_name, "iu");
  const before = (/** @type {number} */ at) => Array.from(plain.slice(Math.max(0, at - 2 * NAME_MAX), at)).slice(-NAME_MAX).join("");
  const isCard = (/** @type {string} */ digits, /** @type {number} */ at) =>
    SURELY_A_CARD.test(digits) || (PERHAPS_A_CARD.test(digits) && !otherName.test(before(at)));
  /** @type {[Finding["kind"], RegExp, boolean, (digits: string, at: number) => boolean, (digits: string) => string][]} */
  const kinds = [
    ["id_number", ID, true, (digits) => isId(digits.toUpperCase()), maskLong],
    ["bank_card", CARD, true, (digits, at) => isCard(digits, at) && passesLuhn(digits), maskLong],
    ["phone", PHONE, false, () => true, maskPhone],
  ];
  /** @type {Finding[]} */
  const found = [];
  kinds.forEach(([kind, pattern, overlaps, is, mask]) => {
    spans(plain, pattern, overlaps).forEach(([at, until]) => {
      const digits = plain.slice(at, until).replace(/[^0-9A-Za-z]/g, "");
      if (is(digits, at)) found.push({ kind, start: places[at], end: places[until], shown: mask(digits) });
    });
  });
  return found;
}

/** Matches that begin where no digit stands before; tried at every place, as a lookbehind would. @param {string} plain @param {RegExp} pattern @param {boolean} overlaps */
function spans(plain, pattern, overlaps) {
  const sticky = new RegExp(pattern.source, "y");
  /** @type {[number, number][]} */
  const found = [];
  for (let at = 0; at < plain.length; at += 1) {
    if (at > 0 && /\d/.test(plain[at - 1])) continue;
    sticky.lastIndex = at;
    const match = sticky.exec(plain);
    if (!match) continue;
    const start = at + match[0].length - match[1].length;
    found.push([start, start + match[1].length]);
    if (!overlaps) at = start + match[1].length - 1;
  }
  return found;
}

/** Plain digits, letters, brackets, spaces and hyphens for their variants. @param {string} text @returns {Plain} */
function halfWidth(text) {
  if (/^[\0-\x08\x0a-\x7f]*$/.test(text)) return { plain: text, places: Array.from({ length: text.length + 1 }, (_, place) => place) };
  let plain = "";
  /** @type {number[]} */
  const places = [];
  let place = 0;
  Array.from(text).forEach((character) => {
    const half = halved(character);
    for (let unit = 0; unit < half.length; unit += 1) places.push(place + (half.length === character.length ? unit : 0));
    plain += half;
    place += character.length;
  });
  return { plain, places: [...places, place] };
}

/** @param {string} character */
function halved(character) {
  if (/[\r\u2028\u2029]/.test(character)) return "\0"; // Python's ^ and $ know nothing of these line ends
  if (character <= "~" && character !== "\t") return character;
  const compatible = character.normalize("NFKC");
  if (/^\p{Nd}$/u.test(character)) return /^[0-9]$/.test(compatible) ? compatible : digitOf(character);
  if (/^(?:\p{Zs}|\p{Cf}|\t)$/u.test(character)) return " ";
  if (/^(?:\p{Pd}|\u2212)$/u.test(character)) return "-";
  return Array.from(compatible).length === 1 ? compatible : character;
}

/** The value of a digit of another script: digits stand in tens, nought first. @param {string} character */
function digitOf(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** @param {string} number */
function isId(number) {
  const total = WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0);
  return PROVINCES.includes(number.slice(0, 2)) && "10X98765432"[total % 11] === number[17] && isBirthday(number.slice(6, 14));
}

/** @param {string} digits */
function isBirthday(digits) {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && date.getTime() <= Date.now() + CHINA_MS;
}

/** @param {string} number */
function passesLuhn(number) {
  const sum = Array.from(number).reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** @param {string} digits */
const maskPhone = (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`;
/** @param {string} digits */
const maskLong = (digits) => `${digits.toUpperCase().slice(0, 3)}${"*".repeat(digits.length - 7)}${digits.slice(-4).toUpperCase()}`;
