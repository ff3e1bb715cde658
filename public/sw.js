// Keeps the application, never its data, so that it opens without a network. The build puts these
// above this line: `BUILD` (names the hashed folder), `SHELL` (what every tab needs) and `LATER`
// (the chunks only some surfaces need, kept when first used).

const CACHE = `guanxi-${BUILD}`;
const OURS = `/pkg/${BUILD}/`;
const PATIENCE = 3000;
const NEVER = ["api", "auth", "files", "sync"];

const lastPart = (url) => url.split("/").at(-1);

// A surface used with the build before is wanted offline with this one too.
async function usedBefore() {
  const names = new Set();
  for (const cache of await caches.keys()) {
    for (const request of await (await caches.open(cache)).keys()) names.add(lastPart(request.url));
  }
  return LATER.filter((path) => names.has(lastPart(path)));
}

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    // What has no hash in its name must be the server's own, not kept from the build before.
    const wanted = [...SHELL, ...(await usedBefore())];
    const fresh = (path) => new Request(path, path.startsWith(OURS) ? {} : { cache: "reload" });
    await cache.addAll(wanted.map(fresh));
  };
  event.waitUntil(fill());
});

// The caches of older builds stay: tabs that run one still need its chunks.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const message = event.data ?? {};
  if (message.is === "update") self.skipWaiting();
  if (message.is === "running" && message.build === BUILD) {
    event.waitUntil(Promise.all([keep(message.files), forgetOlder()]));
  }
});

async function keep(urls) {
  const cache = await caches.open(CACHE);
  for (const url of urls) {
    if (LATER.includes(new URL(url).pathname) && !(await cache.match(url))) await cache.add(url);
  }
}

// Only when the one tab there is runs this build.
async function forgetOlder() {
  if ((await self.clients.matchAll({ type: "window" })).length > 1) return;
  const older = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!NEVER.includes(url.pathname.split("/")[1])) event.respondWith(page(request));
  } else if (url.pathname.startsWith("/pkg/") || SHELL.includes(url.pathname)) {
    event.respondWith(file(request, url.pathname));
  }
});

// The server's page while it answers in time and is well, else the kept one.
async function page(request) {
  const kept = () => caches.open(CACHE).then((cache) => cache.match("/"));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = fetch(request).catch(() => undefined);
  const first = await Promise.race([answer, late]);
  if (first && first.status < 500) return first;
  return (await kept()) ?? (await answer) ?? Response.error();
}

// A file of a build never changes, whichever build it belongs to.
async function file(request, path) {
  const own = await caches.open(CACHE);
  const vary = { ignoreVary: true };
  const known = (await own.match(request, vary)) ?? (await caches.match(request, vary));
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && path.startsWith(OURS)) {
    await own.put(request, answer.clone());
  }
  return answer;
}
