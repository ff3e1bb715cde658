// Starts the application. The build puts `SURFACES` (bundle → its chunks, in short) and `PACKS` (surface → the lengths of
// its chunks, as they follow one another in one file) above this line, and this file beside the chunks, so that one tab
// never runs two builds.

import { unpack } from "./parts.js";

const folder = new URL(".", import.meta.url);
const build = folder.pathname.split("/").at(-2);

// The address says which bundles the first page is in: their chunks are asked for together with the first one.
function bundles([surface, place, id]) {
  if (surface === "portal") return place ? ["portal", "portal_pages"] : ["portal"];
  if (surface === "manager") return ["staff", place === "imports" ? "office" : "manager"];
  if (surface !== "staff") return ["entry"];
  if (place === "team" || place === "settings") return ["staff", "office"];
  return place === "tickets" || id ? ["staff", "work"] : ["staff"];
}

// Whoever came here by the sign-in has the chunks of their surface one by one.
async function isKeptApart(surface) {
  if (!navigator.serviceWorker?.controller) return false;
  return (await caches.match(new URL(`split_${surface}.wasm`, folder))) !== undefined;
}

const first = bundles(location.pathname.split("/").slice(1));
const files = (bundle) => SURFACES[bundle].split(" ").map((part) => `${isNaN(part) ? "split" : "chunk"}_${part}.wasm`);
const wanted = new Set(first.flatMap(files));
const [surface] = first;
if (PACKS[surface] && !(await isKeptApart(surface))) {
  const parts = files(surface).map((file, n) => [file, PACKS[surface][n]]);
  unpack(`${surface}.pack`, parts);
  for (const [file] of parts) wanted.delete(file);
}
for (const file of wanted) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", type: "application/wasm", crossOrigin: "" });
  link.href = new URL(file, folder).href;
  document.head.append(link);
}

// The placeholder leaves when the first page is there, not when the code is.
const placeholder = document.getElementById("boot");
const page = new MutationObserver(() => {
  if (document.querySelector("main")) {
    placeholder.remove();
    page.disconnect();
  }
});
page.observe(document.body, { childList: true, subtree: true });

try {
  const { default: init } = await import("./app.js");
  await init();
} catch (error) {
  placeholder.remove();
  document.getElementById("boot-failed").hidden = false;
  throw error;
}

// What the application and this file say to each other about a new version:
//   `guanxi:update-ready` on window, and data-update="ready" on <html>: one is waiting;
//   `guanxi:update` from the application: the person wants it now;
//   `guanxi:too-old` from the application: the server no longer understands this one.
async function keepOffline() {
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  let wanted = false;

  const announce = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    document.documentElement.dataset.update = "ready";
    window.dispatchEvent(new Event("guanxi:update-ready"));
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", announce);
  });
  announce();

  window.addEventListener("guanxi:update", () => {
    wanted = true;
    registration.waiting?.postMessage({ is: "update" });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (wanted) location.reload();
  });

  // A tab may stay open for days: ask now and then, and whenever somebody comes back to it.
  const look = () => registration.update().catch(() => {});
  setInterval(look, 60 * 60 * 1000);
  window.addEventListener("guanxi:too-old", look);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });

  // The worker was not there yet when the first files came: they are kept for offline now.
  const ready = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  ready.active.postMessage({ is: "running", build, files });
}

if (navigator.serviceWorker) {
  keepOffline().catch((error) => console.info("not kept for offline use:", error.message));
}
