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
const isWriting = () => document.querySelector("form[data-dirty]") !== null;

/** @param {any} message */
const tell = (message) => container && container.controller && container.controller.postMessage(message);

async function begin() {
  if (!container || !person) return;
  const registration = await container.register("/sw.js", { updateViaCache: "none" });
  await container.ready;
  const worker = registration.active;
  if (worker) {
    worker.postMessage({ say: "person", person });
    worker.postMessage({ say: "read-ahead", pages: AHEAD });
  }
  if (registration.waiting) offer(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    if (coming) coming.addEventListener("statechange", () => coming.state === "installed" && container.controller && offer(registration));
  });
  const look = () => registration.update().catch(() => null);
  window.setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

/** A bar with a button; what is being written is finished first. @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-update]"));
  if (!bar) return;
  bar.hidden = false;
  const button = bar.querySelector("button");
  if (button) button.addEventListener("click", () => registration.waiting && registration.waiting.postMessage({ say: "take-over" }), { once: true });
}

/** @param {Event} event */
function leave(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action, location.href).pathname === "/logout" && !event.defaultPrevented) tell({ say: "logout", person });
}

if (container) {
  let isFirst = container.controller === null;
  container.addEventListener("controllerchange", () => {
    if (!isFirst && !isWriting()) location.reload();
    isFirst = false;
  });
  container.addEventListener("message", (event) => {
    if (event.data && event.data.say === "farewell" && !isWriting()) location.reload();
  });
  document.addEventListener("submit", leave);
  if (person) tell({ say: "person", person });
  window.setTimeout(begin, IDLE_MS);
}
