// @ts-check
/**
 * Photos in full: swiped by scrolling from one to the next, enlarged by two fingers (the browser's own), a double tap or a
 * key. Closed by its button, Escape, or the way back. Only the picture in view and its neighbours are fetched.
 */

const STATE = "viewer";

/** @param {HTMLAnchorElement[]} links @param {number} first which of them to show */
export function open(links, first) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-viewer]"));
  const dialog = /** @type {HTMLDialogElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  const part = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (dialog.querySelector(name));
  const stage = part(".viewer-stage");
  const pages = links.map(pageOf);
  let at = -1;

  /** @param {number} place */
  const arrive = (place) => {
    if (place === at || !pages[place]) return;
    if (pages[at]) zoom(pages[at], false);
    at = place;
    [place, place + 1, place - 1].forEach((near) => pages[near] && load(pages[near], links[near].href));
    const of = (template.dataset.wordOf || "").replace("{n}", String(place + 1)).replace("{m}", String(links.length));
    part(".viewer-words").textContent = [of, wordsOf(links[place])].filter(Boolean).join(" · ");
    part("[data-previous]").disabled = place === 0;
    part("[data-next]").disabled = place === pages.length - 1;
    part("[data-zoom]").setAttribute("aria-pressed", "false");
  };
  /** @param {number} place @param {ScrollBehavior} [behavior] */
  const go = (place, behavior = "smooth") => {
    const to = Math.max(0, Math.min(pages.length - 1, place));
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    stage.scrollTo({ left: pages[to].offsetLeft - pages[0].offsetLeft, behavior: isStill ? "auto" : behavior });
  };
  const enlarge = (isOn = !("zoomed" in pages[at].dataset)) => {
    if (isOn) load(pages[at], links[at].dataset.large || links[at].href);
    zoom(pages[at], isOn);
    part("[data-zoom]").setAttribute("aria-pressed", String(isOn));
  };

  pages.forEach((page) => stage.append(page));
  stage.addEventListener("scroll", () => arrive(Math.round(stage.scrollLeft / stage.clientWidth)));
  stage.addEventListener("dblclick", () => enlarge());
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-previous]")) go(at - 1);
    if (target.closest("[data-next]")) go(at + 1);
    if (target.closest("[data-zoom]")) enlarge();
    if (target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const keys = { ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1), Home: () => go(0), End: () => go(pages.length - 1), "+": () => enlarge(true), "=": () => enlarge(true), "-": () => enlarge(false) };
    const act = /** @type {Object<string, () => void>} */ (keys)[event.key];
    if (!act || ("zoomed" in pages[at].dataset && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    act();
  });
  const wayBack = () => dialog.open && dialog.close();
  window.addEventListener("popstate", wayBack);
  dialog.addEventListener("close", () => {
    window.removeEventListener("popstate", wayBack);
    if (history.state && history.state[STATE]) history.back();
    dialog.remove();
    links[at].focus();
  });

  document.body.append(dialog);
  history.pushState({ ...history.state, [STATE]: true }, "");
  dialog.showModal();
  stage.focus();
  go(first, "auto");
  arrive(first);
}

/** @param {HTMLAnchorElement} link */
function pageOf(link) {
  const page = document.createElement("figure");
  page.className = "viewer-page";
  const image = document.createElement("img");
  image.className = "viewer-image";
  image.alt = link.dataset.caption || "";
  image.width = Number(link.dataset.width);
  image.height = Number(link.dataset.height);
  page.append(image);
  return page;
}

/** @param {HTMLElement} page @param {string} address */
function load(page, address) {
  const image = /** @type {HTMLImageElement} */ (page.firstElementChild);
  const isLarger = image.dataset.size === "large" && !address.includes("size=2400");
  if (isLarger || image.getAttribute("src") === address) return;
  image.dataset.size = address.includes("size=2400") ? "large" : "";
  image.src = address;
}

/** @param {HTMLElement} page @param {boolean} isOn */
function zoom(page, isOn) {
  if (isOn) page.dataset.zoomed = "";
  else delete page.dataset.zoomed;
  if (isOn) page.scrollTo((page.scrollWidth - page.clientWidth) / 2, (page.scrollHeight - page.clientHeight) / 2);
}

/** Its caption, and when it was taken. @param {HTMLAnchorElement} link */
const wordsOf = (link) => [link.dataset.caption, link.dataset.facts].filter(Boolean).join(" · ");
