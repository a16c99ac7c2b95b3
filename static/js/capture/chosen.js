// @ts-check
/**
 * A record of which the server keeps two texts: the photos of ours go there all the same, so that whoever chooses sees
 * them; and once somebody has chosen, the same text sent again is answered with a receipt.
 */
import { entries, personOf, update } from "./database.js";
import { isReceipt } from "./line.js";
import { afterAnswer, afterReceipt } from "./outcome.js";

/** @typedef {import("./database.js").Entry} Entry */
/** @typedef {import("./line.js").Answer} Answer */

/** Whether the server has set this text beside another one. @param {Answer} answer */
export const isSetAside = (answer) => answer.status === 409 && Boolean(answer.json && answer.json.yours_kept_as);

/**
 * Ask again for every record that waits for a choice.
 * @param {(entry: Entry, token: string) => Promise<Answer>} put
 */
export async function lookAgain(put) {
  const waiting = (await entries()).filter((entry) => entry.state === "blocked" && entry.trouble && entry.trouble.code === "conflict");
  for (const entry of waiting) {
    const person = await personOf(entry.owner);
    if (!person || !person.token) continue;
    const answer = await put(entry, person.token);
    const isNow = (/** @type {Entry} */ now) => now.state === "blocked" && JSON.stringify(now.body) === JSON.stringify(entry.body);
    if (isReceipt(answer, entry)) await update(entry.id, (now) => (isNow(now) ? afterReceipt(now, answer.json) : null));
    else if (answer.status === 410) await update(entry.id, (now) => (isNow(now) ? afterAnswer(now, answer).values : null));
  }
}
