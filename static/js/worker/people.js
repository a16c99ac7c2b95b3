/**
 * The service worker, second part: whose pages these are. Every page says who is logged in; a page or a picture is kept
 * for that person alone, and goes when the person logs out.
 */
const ABOUT = "about"; // the cache that knows whose pages may be shown
const OWNER = /<html[^>]* data-person="([^"]+)"/;

async function personNow() {
  const kept = await (await caches.open(ABOUT)).match("/person");
  return kept ? kept.text() : "";
}

/** @param {string} person */
async function keepPerson(person) {
  if ((await personNow()) !== person) await (await caches.open(ABOUT)).put("/person", new Response(person || ""));
}

/** Whoever takes the phone next finds nothing of this person's pages. @param {string} person */
async function forget(person) {
  await keepPerson("");
  const theirs = (await caches.keys()).filter((name) => name === `pages-${person}` || name === `pictures-${person}`);
  await Promise.all(theirs.map((name) => caches.delete(name)));
}

/** What is kept of this kind for whoever is logged in, or null. @param {"pages" | "pictures"} kind */
async function shelf(kind) {
  const person = await personNow();
  return person ? { person, cache: await caches.open(`${kind}-${person}`) } : null;
}

/** Whether a page names this person, who is still the one logged in: the answer may be that of another session. @param {Response} answer @param {string} person */
async function isOf(answer, person) {
  const owner = OWNER.exec(await answer.text());
  return owner !== null && owner[1] === person && (await personNow()) === person;
}

/** The oldest leave when there are too many. What is kept stays where there is no room for what is new. @param {Cache} cache @param {string | Request} key @param {Response} answer @param {number} most @param {string[]} [always] paths that never leave */
async function keep(cache, key, answer, most, always = []) {
  await cache.put(key, answer);
  const keys = await cache.keys();
  const others = keys.filter((one) => !always.includes(new URL(one.url).pathname));
  await Promise.all(others.slice(0, Math.max(0, keys.length - most)).map((one) => cache.delete(one)));
}
