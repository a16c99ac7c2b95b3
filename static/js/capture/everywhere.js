// @ts-check
/**
 * On every page: how many records of this person have not arrived, a sender when something waits, and a word before
 * logging out with unsent records. Everything heavier is fetched only when it is needed.
 */
import { entries, person } from "./database.js";

const LOOK_MS = 30000;
const IDLE_MS = 4000; // a phone on a slow line first gets the page
const HOLD_LIST = ["ready", "sent", "blocked"];

/** @returns {Promise<{mine: number, all: number}>} records that are not receipted: this person's, and everybody's */
async function unsent() {
  try {
    const waiting = (await entries()).filter((entry) => HOLD_LIST.includes(entry.state));
    const here = person();
    return { mine: waiting.filter((entry) => here && entry.owner === here.uid).length, all: waiting.filter((entry) => entry.state !== "blocked").length };
  } catch (unable) {
    return { mine: 0, all: 0 };
  }
}

async function draw() {
  const { mine } = await unsent();
  document.querySelectorAll("[data-unsent]").forEach((place) => {
    const link = /** @type {HTMLElement} */ (place);
    link.hidden = mine === 0;
    const count = link.querySelector("[data-count]");
    if (count) count.textContent = String(mine);
  });
}

async function look() {
  if (!(await unsent()).all) return;
  const { send } = await import("./sender.js");
  await send();
}

/** @param {SubmitEvent} event */
async function warn(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action, location.href).pathname !== "/logout" || form.dataset.warned !== undefined) return;
  const words = document.querySelector("[data-unsent]");
  const said = words instanceof HTMLElement ? words.dataset.askLogout : "";
  event.preventDefault();
  event.stopImmediatePropagation();
  const { mine } = await unsent();
  form.dataset.warned = "";
  if (!mine || window.confirm((said || "").replace("{n}", String(mine)))) form.requestSubmit ? form.requestSubmit() : form.submit();
  else form.removeAttribute("data-warned");
  form.removeAttribute("data-busy");
}

/** After the page has settled: whatever a phone on a slow line should not wait for. */
async function settle() {
  await look();
  if (!person() || !navigator.onLine) return;
  const { compare } = await import("./compare.js");
  await compare();
  if (document.querySelector("form[data-capture]")) await import("./units.js").then((units) => units.refresh());
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
