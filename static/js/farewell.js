/** The kill switch: a worker that takes itself and its caches away. What people have written stays in IndexedDB. */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await self.registration.unregister();
  (await self.clients.matchAll({ type: "window" })).forEach((client) => client.postMessage({ say: "farewell" }));
}
