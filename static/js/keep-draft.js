// @ts-check
/**
 * <form data-keep="visit:<user uid>"> keeps its text fields in this browser while they are typed, gives them back when the
 * same form of the same person opens empty, and forgets them when a page says data-kept-clear="visit:<user uid>".
 * The key names the person, so that a shared phone never shows one person's words to another.
 */

const PREFIX = "fieldwork:kept:";
const PAUSE_MS = 600;
const TEXT = 'textarea[name], input[type="text"][name], input[type="number"][name], input:not([type])[name]';

/** @param {HTMLFormElement} form */
const keyOf = (form) => `${PREFIX}${form.dataset.keep}:${new URL(form.action, location.href).pathname}`;

/**
 * @param {HTMLFormElement} form
 * @returns {(HTMLInputElement | HTMLTextAreaElement)[]}
 */
function fields(form) {
  return Array.from(form.querySelectorAll(TEXT));
}

/** @param {string} key */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch (failure) {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {string} words */
function say(form, words) {
  const said = document.querySelector("[data-kept]");
  if (said && form.isConnected) said.textContent = words;
}

/** @param {string} name @returns {string} */
function word(name) {
  const said = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
  return (said && said.dataset[name]) || "";
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const texts = fields(form).map((field) => [field.name, field.value]);
  if (!texts.some(([, value]) => value.trim())) return;
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ texts }));
  } catch (failure) {
    return; // storage is full or forbidden: the page itself still holds the words, and nothing claims they were kept
  }
  const time = new Date().toTimeString().slice(0, 5);
  say(form, `${word("saidKept")} ${time}`);
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const kept = read(keyOf(form));
  const here = fields(form);
  if (!kept || here.some((field) => field.value.trim())) return;
  const waiting = kept.texts.slice();
  here.forEach((field) => {
    const index = waiting.findIndex((/** @type {string[]} */ [name]) => name === field.name);
    if (index >= 0) field.value = waiting.splice(index, 1)[0][1];
  });
  say(form, word("saidRestored"));
}

/** @param {ParentNode} root */
function forget(root) {
  root.querySelectorAll("[data-kept-clear]").forEach((mark) => {
    const start = `${PREFIX}${mark.getAttribute("data-kept-clear")}:`;
    Object.keys(localStorage).filter((key) => key.startsWith(start)).forEach((key) => localStorage.removeItem(key));
  });
}

/** @type {Map<HTMLFormElement, number>} */
const pending = new Map();

document.addEventListener("input", (event) => {
  const form = /** @type {Element} */ (event.target).closest("form[data-keep]");
  if (!(form instanceof HTMLFormElement)) return;
  clearTimeout(pending.get(form));
  pending.set(form, window.setTimeout(() => keep(form), PAUSE_MS));
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  pending.forEach((timer, form) => {
    clearTimeout(timer);
    keep(form);
  });
  pending.clear();
});

document.addEventListener("htmx:after:swap", () => forget(document));
forget(document);
document.querySelectorAll("form[data-keep]").forEach((form) => restore(/** @type {HTMLFormElement} */ (form)));
