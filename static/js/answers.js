// @ts-check
/**
 * What happens when the server has answered a fragment's form: focus goes to the first wrong field, a refusal is said in
 * words where the thumb is, and a form that is on its way is not sent twice.
 */

const LET_GO_MS = 20000; // an answer that is a download never leaves the page

/** @param {Event} event @returns {any} htmx's account of the request */
const context = (event) => /** @type {CustomEvent} */ (event).detail.ctx;

/** @param {Event} event */
function focusFirstFault(event) {
  const ctx = context(event);
  if (!ctx || !ctx.response || ctx.response.raw.status !== 422) return;
  const first = /** @type {HTMLElement | null} */ (document.querySelector('[aria-invalid="true"]'));
  if (!first) return;
  first.focus({ preventScroll: true });
  const box = first.getBoundingClientRect();
  const hidden = box.top < 0 || box.bottom > window.innerHeight * 0.8;
  if (hidden) first.scrollIntoView({ block: "center" });
}

/** @param {number} status 0 when the network was not there */
function refuse(status) {
  const region = /** @type {HTMLElement | null} */ (document.querySelector("[data-refusal]"));
  if (!region) return;
  const words = document.createElement("p");
  words.textContent = region.dataset[String(status)] || region.dataset[status >= 500 ? "500" : "400"] || "";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.dataset.tone = "plain";
  close.dataset.size = "small";
  close.textContent = region.dataset.close || "";
  close.addEventListener("click", () => region.replaceChildren());
  region.replaceChildren(words, ...(status === 401 ? [loginLink(region.dataset.login || "")] : []), close);
}

/** Opens beside the page, so that what was typed stays. @param {string} label */
function loginLink(label) {
  const link = document.createElement("a");
  link.href = "/login";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = label;
  return link;
}

/** @param {SubmitEvent} event */
function holdSecondTap(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post") return;
  if (form.dataset.busy !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "";
  window.setTimeout(() => form.removeAttribute("data-busy"), LET_GO_MS);
}

function release() {
  document.querySelectorAll("form[data-busy]").forEach((form) => form.removeAttribute("data-busy"));
}

document.addEventListener("htmx:after:swap", focusFirstFault);
document.addEventListener("htmx:response:error", (event) => {
  const status = context(event).response.raw.status;
  if (status !== 422 && status !== 409) refuse(status);
});
document.addEventListener("htmx:error", (event) => {
  if (!context(event) || !context(event).response) refuse(0);
});
document.addEventListener("htmx:finally:request", release);
document.addEventListener("submit", holdSecondTap, true);
window.addEventListener("pageshow", release);
