/**
 * The service worker, last part: what it hears. It answers GET only, never a fragment, the API, logging in and out,
 * downloads.
 */
const NEVER = /^\/(api|login|logout|sw\.js|manifest\.webmanifest|d|healthz|readyz|metrics)(\/|$)|\.(docx|xlsx|pdf|zip|html)$|\/export/;
const WITH_A_LINE = /^\/(admin|drafts|box)(\/|$)/; // never kept
const LEAVING = ["/logout", "/me/sessions"]; // posted by forms; the network answers them
const PICTURE = /^\/photos\/[0-9a-f]{64}$/;

/** Originals and what a mosaic covers: each look is written down by the server. @param {URLSearchParams} asked */
const isBeneath = (asked) => asked.get("size") === "original" || asked.has("clear");

let heard = Promise.resolve();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  heard = heard.then(() => hear(event, event.data || {})).catch(() => undefined); // one after the other
  event.waitUntil(heard);
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && LEAVING.includes(url.pathname)) event.waitUntil(personNow().then(forget));
  if (request.method !== "GET" || url.origin !== self.location.origin || request.headers.has("HX-Request")) return;
  if (NEVER.test(url.pathname)) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (PICTURE.test(url.pathname) && !isBeneath(url.searchParams)) event.respondWith(picture(event));
  else if (request.mode !== "navigate") return;
  else if (WITH_A_LINE.test(url.pathname)) event.respondWith(fetch(request).catch(() => noLine()));
  else event.respondWith(page(event, url));
});

/**
 * What a page says: who is logged in, that somebody logs out, that the new release may take over, what to read ahead.
 * Reading ahead takes as long as the line does, and holds nothing else up.
 */
async function hear(event, { say, person, pages }) {
  if (say === "person") await keepPerson(person);
  if (say === "logout") await forget(person);
  if (say === "take-over") await self.skipWaiting();
  if (say === "read-ahead") event.waitUntil(Promise.all((pages || []).map((path) => readAhead(path).catch(() => null))));
}
