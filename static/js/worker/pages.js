/**
 * The service worker, third part: pages that a person has read, and their pictures. Recording pages open at once from
 * what is kept; others come from the network while it has patience, then from what is kept.
 */
const PATIENCE_MS = 3000;
const READ_AHEAD_AFTER_MS = 10 * 60 * 1000;
const PAGES_MAX = 200;
const PICTURES_MAX = 300;
const RECORDING = ["/visits/new", "/problems/new", "/cases/new", "/outbox/"];
const OURS = ["local", "saved", "blank"]; // what a recording page's own script asks for; the page is the same

/** @param {FetchEvent} event @param {URL} url */
async function page(event, url) {
  const theirs = isFromLogin(event.request) ? null : await shelf("pages");
  const isRecording = RECORDING.includes(url.pathname);
  const key = isRecording ? url.pathname : url.pathname + url.search;
  const kept = theirs ? await theirs.cache.match(key) : null;
  const isAsItIs = Array.from(url.searchParams.keys()).every((name) => OURS.includes(name));
  if (kept && isRecording && isAsItIs) {
    fetched(event, url.pathname, theirs, key).catch(() => null);
    return kept;
  }
  const coming = fetched(event, event.request, isRecording && !isAsItIs ? null : theirs, key);
  if (!kept) return coming.catch(() => noLine());
  return Promise.race([coming.catch(() => kept), new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))]);
}

/** Somebody has just logged in, maybe somebody else, who has not yet told us. @param {Request} request */
const isFromLogin = (request) => request.referrer !== "" && new URL(request.referrer).pathname === "/login";

/** The answer as soon as it is there; it is kept meanwhile, and a phone that is full shows it nonetheless. */
function fetched(event, request, theirs, key) {
  const answer = fetch(request);
  event.waitUntil(answer.then((arrived) => theirs && file(theirs, key, arrived.clone())).catch(() => null));
  return answer;
}

/** Keep a page, if it is one of the person's own and no way to the login page. */
async function file({ person, cache }, key, answer) {
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (!isPage || answer.status !== 200 || answer.redirected || !(await isOf(answer.clone(), person))) return;
  await keep(cache, key, answer, PAGES_MAX, RECORDING);
}

/** What a person may need where there is no line, unless it was read just now. @param {string} path */
async function readAhead(path) {
  const theirs = await shelf("pages");
  if (!theirs) return;
  const kept = await theirs.cache.match(path);
  if (kept && Date.now() - Date.parse(kept.headers.get("Date") || "0") < READ_AHEAD_AFTER_MS) return;
  await file(theirs, path, await fetch(path));
}

/** Earlier releases kept what lies beneath mosaics, too. */
async function forgetBeneath() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith("pictures-"))) {
    const cache = await caches.open(name);
    const beneath = (await cache.keys()).filter((one) => isBeneath(new URL(one.url).searchParams));
    await Promise.all(beneath.map((one) => cache.delete(one)));
  }
}

/** A picture that never changes is kept; another is asked for each time. @param {FetchEvent} event */
async function picture(event) {
  const theirs = await shelf("pictures");
  const kept = theirs && (await theirs.cache.match(event.request));
  if (kept) return kept;
  const answer = await fetch(event.request);
  const isLasting = (answer.headers.get("Cache-Control") || "").includes("immutable");
  if (theirs && answer.status === 200 && isLasting) {
    event.waitUntil(keep(theirs.cache, event.request, answer.clone(), PICTURES_MAX).catch(() => null));
  }
  return answer;
}
