/* global SHELL */
/**
 * The service worker, first part: styles and scripts of one release, all of them or none. SHELL (version, assets,
 * offline) and the other parts are put together with this by the server.
 */
const ASSETS = `assets-${SHELL.version}`;
const RELEASES_BEFORE = 1; // pages kept of the release before ask for its styles until they are read anew

/** All of a release, or this release is not taken. What is versioned may come from the browser's own cache. */
async function install() {
  const cache = await caches.open(ASSETS);
  try {
    await cache.addAll([...SHELL.assets, new Request(SHELL.offline, { cache: "reload" })]);
  } catch (lacking) {
    await caches.delete(ASSETS); // or an empty one would count as the release before
    throw lacking;
  }
}

async function activate() {
  const releases = (await caches.keys()).filter((name) => name.startsWith("assets-") && name !== ASSETS);
  await Promise.all(releases.slice(0, -RELEASES_BEFORE).map((name) => caches.delete(name)));
  await forgetBeneath();
  await self.clients.claim();
}

/** The file of just this address; without a line, the one of another release, rather than none. @param {Request} request */
async function asset(request) {
  const ours = await caches.open(ASSETS);
  const kept = (await ours.match(request)) || (await caches.match(request));
  if (kept) return kept;
  const answer = await fetch(request).catch(() => null);
  if (answer && (answer.ok || answer.status === 404)) return answer;
  const other = (await ours.match(request, { ignoreSearch: true })) || (await caches.match(request, { ignoreSearch: true }));
  return other || answer || Response.error();
}

const noLine = async () => (await caches.match(SHELL.offline, { ignoreSearch: true })) || Response.error();
