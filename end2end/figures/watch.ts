// When something is on screen, and what a page did for it.
import type { CDPSession, Page } from "@playwright/test";

/** By the machine's clock, in milliseconds. */
export interface Moments {
  began: number;
  ended: number;
}

/**
 * Waits for the frame that shows `text` in `where`: from now on, or from when the page hears of the first such event.
 * What is there when a frame begins is on screen when it ends.
 */
export function shown(page: Page, where: string, text = "", from?: "pointerup"): Promise<Moments> {
  return page.evaluate(
    ({ where, text, from }) =>
      new Promise<Moments>((resolve) => {
        const clock = () => performance.timeOrigin + performance.now();
        let began = from ? Infinity : clock();
        const hear = (event: Event) => (began = performance.timeOrigin + event.timeStamp);
        if (from) addEventListener(from, hear, { capture: true, once: true });
        const is = () => began < Infinity && [...document.querySelectorAll(where)].some((it) => it.textContent?.includes(text));
        const frame = () => (is() ? setTimeout(() => resolve({ began, ended: clock() })) : requestAnimationFrame(frame));
        requestAnimationFrame(frame);
      }),
    { where, text, from },
  );
}

/** The same, in milliseconds since this page was asked for. */
export async function painted(page: Page, where: string): Promise<number> {
  const { ended } = await shown(page, where);
  return ended - (await page.evaluate(() => performance.timeOrigin));
}

/** After two more frames nothing that was to be shown is outstanding. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
}

/** What the main thread has worked so far, in milliseconds of a processor: on a busy machine waiting is not its work. */
export async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  const seconds = metrics.find((it) => it.name === "ThreadTime")?.value;
  if (seconds === undefined) throw new Error("the browser does not say how long it worked");
  return seconds * 1000;
}

/** A line and a machine as people have them on the way: slow 4G, a fourth of the CPU. */
export async function slow(session: CDPSession, what: { line?: boolean; cpu?: boolean }) {
  const line = what.line
    ? { latency: 150, downloadThroughput: (1.6e6 * 0.9) / 8, uploadThroughput: (750e3 * 0.9) / 8 }
    : { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, ...line });
  await session.send("Emulation.setCPUThrottlingRate", { rate: what.cpu ? 4 : 1 });
}

/** From now on this page notes when its device's store is opened, and when what that holds can be asked for. */
export function noting(page: Page): Promise<void> {
  return page.addInitScript(() => {
    const at: { opened?: number; read?: number } = ((window as { noted?: object }).noted = {});
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...named) {
      at.opened ??= performance.now();
      return open.apply(this, named);
    };
    // Whoever has read what the device keeps waits for the lead over its tabs.
    const request = LockManager.prototype.request;
    LockManager.prototype.request = function (...named: unknown[]) {
      at.read ??= performance.now();
      return Reflect.apply(request, this, named);
    };
  });
}

/** From the opening of the device's store to all that it holds being in memory. */
export async function booted(page: Page): Promise<number> {
  const { opened, read } = await page.evaluate(() => (window as { noted?: { opened?: number; read?: number } }).noted ?? {});
  if (opened === undefined || read === undefined) throw new Error("the page did not start from its store");
  return read - opened;
}

/** How many rows this device keeps, and how long it takes to have them as text. */
export function kept(page: Page): Promise<{ rows: number; took: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const { name } = (await indexedDB.databases()).find((it) => it.name?.startsWith("guanxi-")) ?? {};
    if (!name) throw new Error("this device keeps nothing");
    const began = performance.now();
    const db = await done(indexedDB.open(name));
    const chunks: string[] = await done(db.transaction("base").objectStore("base").getAll());
    const took = performance.now() - began;
    db.close();
    const lines = chunks.flatMap((chunk) => chunk.split("\n").filter(Boolean));
    return { rows: new Set(lines.map((line) => line.split("\t", 2).join())).size, took };
  });
}

/** The yardstick of all clicks: a page that has nothing but a button which says something else. */
export async function bare(page: Page): Promise<number> {
  await page.setContent(`<button onclick="this.textContent = 'b'">a</button>`);
  const there = shown(page, "button", "b", "pointerup");
  await page.getByRole("button").click();
  const { began, ended } = await there;
  return ended - began;
}
