// @ts-check
/**
 * What happens when the server has answered a fragment's form: focus goes to the first wrong field, a refusal is said in
 * words where the thumb is, and a form that is on its way is not sent twice.
 */

const LET_GO_MS = 20000; // an answer that is a download never leaves the page

/** @param {Event} event @returns {any} htmx's account of the request */
const context = (event) => /** @type {CustomEvent} */ (event).detail.ctx;

/** @param {Event} event */
function focusAnswer(event) {
  const ctx = context(event);
  const status = ctx && ctx.response ? ctx.response.raw.status : 0;
  const main = document.getElementById("main");
  if (status === 409 && main) main.focus();
  if (status !== 422) return;
  const first = /** @type {HTMLElement | null} */ (document.querySelector('[aria-invalid="true"]'));
  if (!first) return;
  first.focus({ preventScroll: true });
  const box = first.getBoundingClientRect();
  const hidden = box.top < 0 || box.bottom > window.innerHeight * 0.8;
  if (hidden) first.scrollIntoView({ block: "center" });
}

/**
 * The server's own words when it sent a page with some, else those kept in the region.
 * @param {number} status 0 when the network was not there
 * @param {string} answer
 */
function refuse(status, answer) {
  const region = /** @type {HTMLElement | null} */ (document.querySelector("[data-refusal]"));
  if (!region) return;
  const said = new DOMParser().parseFromString(answer, "text/html").querySelector("[data-trouble]");
  const kept = region.dataset[String(status)] || region.dataset[status >= 500 ? "500" : "400"];
  const words = document.createElement("p");
  words.textContent = (said && said.textContent) || kept || "";
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

/**
 * A whole page (409: both texts) takes the place of the main part; other refusals leave the form as it stands.
 * @param {Event} event
 */
function answerRefusal(event) {
  const ctx = context(event);
  const status = ctx.response.raw.status;
  if (status === 422) return;
  if (status === 409) {
    if (ctx.text.includes('id="main"')) Object.assign(ctx, { target: "#main", select: "#main", swap: "outerHTML show:top" });
    return;
  }
  refuse(status, ctx.text);
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

document.addEventListener("htmx:after:swap", focusAnswer);
document.addEventListener("htmx:response:error", answerRefusal);
document.addEventListener("htmx:error", (event) => {
  if (!context(event) || !context(event).response) refuse(0, "");
});
document.addEventListener("htmx:finally:request", release);
document.addEventListener("submit", holdSecondTap, true);
window.addEventListener("pageshow", release);
