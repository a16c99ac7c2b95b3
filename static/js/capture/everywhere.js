// @ts-check
/**
 * On every page: how many records of this person have not arrived, a sender when something waits, and a word before
 * logging out with unsent records. Everything heavier is fetched only when it is needed.
 */
import { entries, person } from "./database.js";

const LOOK_MS = 30000;
const IDLE_MS = 4000; // a phone on a slow line first gets the page
const HOLD_LIST = ["ready", "sent", "blocked"];

/** @returns {Promise<{mine: number, stuck: number, all: number}>} this person's records that wait, those that need a look, and everybody's that wait */
async function unsent() {
  try {
    const held = (await entries()).filter((entry) => HOLD_LIST.includes(entry.state));
    const here = person();
    const [mine, others] = [held.filter((entry) => here && entry.owner === here.uid), held.filter((entry) => entry.state !== "blocked")];
    const stuck = mine.filter((entry) => entry.state === "blocked").length;
    return { mine: mine.length - stuck, stuck, all: others.length };
  } catch (unable) {
    return { mine: 0, stuck: 0, all: 0 };
  }
}

async function draw() {
  const { mine, stuck } = await unsent();
  document.querySelectorAll("[data-unsent]").forEach((place) => {
    const bar = /** @type {HTMLElement} */ (place);
    bar.hidden = mine + stuck === 0;
    [["[data-waiting]", mine], ["[data-stuck]", stuck]].forEach(([name, count]) => {
      const link = /** @type {HTMLElement} */ (bar.querySelector(String(name)));
      link.hidden = count === 0;
      /** @type {Element} */ (link.querySelector("[data-count]")).textContent = String(count);
    });
  });
}

/** A file that could not be fetched for want of a line is asked for again later; any other fault is one. @param {unknown} problem @returns {null} */
function unreached(problem) {
  if (problem instanceof TypeError) return null;
  throw problem;
}

async function look() {
  if (!(await unsent()).all) return;
  const sender = await import("./sender.js").catch(unreached);
  if (sender) await sender.send();
}

/** @param {SubmitEvent} event */
async function warn(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action, location.href).pathname !== "/logout" || form.dataset.warned !== undefined) return;
  const words = document.querySelector("[data-unsent]");
  const said = words instanceof HTMLElement ? words.dataset.askLogout : "";
  event.preventDefault();
  event.stopImmediatePropagation();
  const { mine, stuck } = await unsent();
  form.dataset.warned = "";
  if (mine + stuck === 0 || window.confirm((said || "").replace("{n}", String(mine + stuck)))) form.requestSubmit ? form.requestSubmit() : form.submit();
  else form.removeAttribute("data-warned");
  form.removeAttribute("data-busy");
}

/** After the page has settled: whatever a phone on a slow line should not wait for. */
async function settle() {
  await look();
  if (!person() || !navigator.onLine) return;
  const asking = await import("./compare.js").catch(unreached);
  if (asking) await asking.compare();
  const units = document.querySelector("form[data-capture]") && (await import("./units.js").catch(unreached));
  if (units) await units.refresh();
}

document.addEventListener("submit", (event) => warn(/** @type {SubmitEvent} */ (event)), true);
window.addEventListener("fieldwork:changed", draw);
window.addEventListener("online", look);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});
window.setInterval(look, LOOK_MS);
window.setTimeout(settle, IDLE_MS);
draw();
