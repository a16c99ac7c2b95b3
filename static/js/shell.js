// @ts-check
/**
 * The page's side of the service worker: puts it in once the page has settled, tells it whose pages these are, offers a
 * new release in a bar and never reloads a form somebody is writing in.
 */

const IDLE_MS = 5000;
const LOOK_EVERY_MS = 3600 * 1000;
const AHEAD = ["/visits/new", "/problems/new", "/cases/new", "/outbox/", "/visits/", "/me/"];

const container = "serviceWorker" in navigator && window.isSecureContext ? navigator.serviceWorker : null;
const person = document.documentElement.dataset.person || "";
const isOff = document.documentElement.dataset.offline === "off"; // the office has switched it off
const isWriting = () => document.querySelector("form[data-dirty]") !== null;

/** @type {ServiceWorker | null} the one to talk to; a page that was reloaded by force has it, but is not led by it */
let worker = container && container.controller;

/** @param {any} message */
const tell = (message) => worker && worker.postMessage(message);

/** Without a line it is put in by the next page; any other fault is one. @param {unknown} problem @returns {null} */
function unreached(problem) {
  if (problem instanceof TypeError) return null;
  throw problem;
}

/** @param {ServiceWorkerContainer} container */
async function begin(container) {
  const known = await container.getRegistration();
  if (isOff && known) await known.update().catch(unreached);
  if (isOff || !person) return;
  const registration = known || (await container.register("/sw.js", { updateViaCache: "none" }).catch(unreached));
  if (!registration) return;
  worker = (await container.ready).active;
  tell({ say: "person", person });
  tell({ say: "read-ahead", pages: AHEAD });
  follow(container, registration);
}

/** New releases, as soon as there are some. @param {ServiceWorkerContainer} container @param {ServiceWorkerRegistration} registration */
function follow(container, registration) {
  if (registration.waiting) offer(registration);
  const watch = () => {
    const coming = registration.installing;
    if (coming) coming.addEventListener("statechange", () => coming.state === "installed" && container.controller && offer(registration));
  };
  const look = () => registration.update().catch(() => null); // without a line there is nothing new
  watch();
  registration.addEventListener("updatefound", watch);
  window.setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

/** A bar with a button; what is being written is finished first. @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-update]"));
  if (!bar) return;
  bar.hidden = false;
  const button = bar.querySelector("button");
  if (button) button.onclick = () => registration.waiting && registration.waiting.postMessage({ say: "take-over" });
}

function reload() {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-update]"));
  if (bar) bar.hidden = true;
  if (!isWriting()) location.reload();
}

/** @param {Event} event */
function leave(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action, location.href).pathname !== "/logout" || event.defaultPrevented) return;
  const words = /** @type {HTMLElement | null} */ (document.querySelector("[data-said-no-logout]"));
  if (!navigator.onLine && words) {
    event.preventDefault(); // the session lives on at the server, whatever this page would show
    window.alert(words.dataset.saidNoLogout);
  } else tell({ say: "logout", person });
}

if (container) {
  let isLed = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    worker = container.controller;
    if (isLed) reload();
    isLed = true;
  });
  container.addEventListener("message", (event) => event.data && event.data.say === "farewell" && reload());
  container.getRegistration().then((known) => (worker = worker || (known && known.active) || null));
  document.addEventListener("submit", leave);
  if (person) tell({ say: "person", person });
  const soon = () => window.setTimeout(() => begin(container), IDLE_MS);
  if (document.readyState === "complete") soon();
  else window.addEventListener("load", soon);
}
