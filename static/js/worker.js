/* global SHELL */
/**
 * The service worker: styles and scripts of one release, all of them or none; pages that a person has read, for that
 * person alone. It looks at GET only. SHELL (version, assets, offline) is put before this by the server.
 */
const ASSETS = `assets-${SHELL.version}`;
const ABOUT = "about"; // whose pages may be shown
const KEPT_RELEASES = 2; // pages kept of the last release ask for its styles until they are read anew
const PATIENCE_MS = 3000;
const PAGES_MAX = 200;
const PICTURES_MAX = 300;
const RECORDING = ["/visits/new", "/problems/new", "/cases/new", "/outbox/"];
const OURS = ["local", "saved", "blank"]; // what a recording page's own script asks for; the page is the same
const NEVER = /^\/(api|login|logout|sw\.js|manifest|admin|d\/|healthz|readyz|metrics|feed|drafts)|\.(docx|xlsx|pdf|zip|html)$|\/export/;
const PICTURE = /^\/photos\/[0-9a-f]{64}$/;

let heard = Promise.resolve();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  heard = heard.then(() => hear(event.data || {})).catch(() => null); // one after the other: whose pages, then which
  event.waitUntil(heard);
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || request.headers.has("HX-Request")) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (NEVER.test(url.pathname)) return;
  else if (PICTURE.test(url.pathname) && url.searchParams.get("size") !== "original") event.respondWith(picture(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

/** All of a release, or this release is not taken. */
async function install() {
  const cache = await caches.open(ASSETS);
  await cache.addAll([...SHELL.assets, new Request(SHELL.offline, { cache: "reload" })]);
}

async function activate() {
  const releases = (await caches.keys()).filter((name) => name.startsWith("assets-"));
  const old = releases.filter((name) => name !== ASSETS).slice(0, -(KEPT_RELEASES - 1) || undefined);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What a page says: who is logged in, that somebody logs out, that the new release may take over, what to read ahead. */
async function hear({ say, person, pages }) {
  if (say === "person") await keepPerson(person);
  if (say === "logout") await forget(person);
  if (say === "take-over") await self.skipWaiting();
  if (say === "read-ahead") await Promise.all((pages || []).map((path) => readAhead(path)));
}

async function personNow() {
  const kept = await (await caches.open(ABOUT)).match("/person");
  return kept ? kept.text() : "";
}

async function keepPerson(person) {
  if ((await personNow()) !== person) await (await caches.open(ABOUT)).put("/person", new Response(person || ""));
}

/** Whoever takes the phone next finds nothing of this person's pages. */
async function forget(person) {
  await keepPerson("");
  const theirs = (await caches.keys()).filter((name) => name === `pages-${person}` || name === `pictures-${person}`);
  await Promise.all(theirs.map((name) => caches.delete(name)));
}

async function asset(request) {
  const kept = (await caches.match(request)) || null;
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok || answer.status === 404) return answer;
  } catch (offline) {
    // below
  }
  return (await caches.match(request, { ignoreSearch: true })) || Response.error();
}

async function picture(request) {
  const person = await personNow();
  const cache = person && (await caches.open(`pictures-${person}`));
  const kept = cache && (await cache.match(request));
  if (kept) return kept;
  const answer = await fetch(request);
  if (cache && answer.ok && answer.status === 200) await keep(cache, request, answer.clone(), PICTURES_MAX);
  return answer;
}

/** Recording pages at once from what is kept; others from the network while it has patience, then from what is kept. */
async function page(event, url) {
  const person = await personNow();
  const cache = person ? await caches.open(`pages-${person}`) : null;
  const isRecording = RECORDING.includes(url.pathname);
  const key = isRecording ? url.pathname : url.pathname + url.search;
  const kept = cache ? await cache.match(key) : null;
  const isAsItIs = Array.from(url.searchParams.keys()).every((name) => OURS.includes(name));
  if (kept && isRecording && isAsItIs) {
    event.waitUntil(fromNetwork(url.pathname, cache, key).catch(() => null));
    return kept;
  }
  const fetched = fromNetwork(event.request, isRecording && !isAsItIs ? null : cache, key);
  if (!kept) return fetched.catch(() => noLine());
  return Promise.race([fetched.catch(() => kept), new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))]);
}

const noLine = async () => (await caches.match(SHELL.offline, { ignoreSearch: true })) || Response.error();

/** Fetch a page and keep it, if it is one of the person's own and no way to the login page. */
async function fromNetwork(request, cache, key) {
  const answer = await fetch(request);
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  const isKept = cache && answer.ok && answer.status === 200 && !answer.redirected && isPage;
  if (isKept) await keep(cache, key, answer.clone(), PAGES_MAX);
  return answer;
}

async function readAhead(path) {
  const person = await personNow();
  if (!person) return;
  await fromNetwork(path, await caches.open(`pages-${person}`), path).catch(() => null);
}

/** The oldest leave when there are too many; what is put again counts as new. */
async function keep(cache, key, answer, most) {
  await cache.delete(key);
  await cache.put(key, answer);
  const keys = await cache.keys();
  const surplus = keys.filter((one) => !RECORDING.includes(new URL(one.url).pathname)).slice(0, Math.max(0, keys.length - most));
  await Promise.all(surplus.map((one) => cache.delete(one)));
}
