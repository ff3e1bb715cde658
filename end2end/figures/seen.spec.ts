// How long people wait for what they see. Nothing is judged here: `cargo xtask bench` prints it beside the goals.
import { writeFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, CDPSession, Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { bare, booted, kept, type Moments, noting, painted, settled, shown, slow, worked } from "./watch";

/** What was measured, by what it is called in `server/benches/figures/seen.rs`: milliseconds, but for rows and bytes. */
const figures: Record<string, number[]> = {};
/** How often what is quick is done; visits are fewer. */
const TIMES = Number(process.env.GUANXI_TIMES ?? 20);
const VISITS = Math.ceil(TIMES / 10);

const LIST = "/staff/customers?sort=no";
const ROW = ".table-row";
const SYNCED = ".sync-status[data-state=good]";

test.afterAll(() => {
  const file = process.env.GUANXI_FIGURES;
  if (file) writeFileSync(file, JSON.stringify(figures));
});

const note = (name: string, figure: number) => (figures[name] ??= []).push(figure);
const rows = (page: Page) => page.locator(ROW);

async function list(page: Page) {
  await page.goto(LIST);
  await expect(page.locator(SYNCED)).toBeVisible({ timeout: 120_000 });
  await expect(rows(page).first()).toBeVisible();
}

/** Who comes with a session and nothing else: a context like theirs. */
async function arriving(browser: Browser, page: Page, options: BrowserContextOptions): Promise<[Page, CDPSession]> {
  const { cookies } = await page.context().storageState();
  const context = await browser.newContext({ ...options, storageState: { cookies, origins: [] } });
  const fresh = await context.newPage();
  return [fresh, await context.newCDPSession(fresh)];
}

/** Bytes of pulls on the wire. */
function pulling(session: CDPSession): () => number {
  const pulls = new Set<string>();
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => request.url.endsWith("/sync/pull") && pulls.add(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (pulls.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** A device that has nothing, until it has everything; then again, from what it keeps. */
async function visiting(page: Page, session: CDPSession, name: string, isSlow: boolean) {
  await slow(session, { line: isSlow, cpu: isSlow });
  await noting(page);
  const bytes = pulling(session);
  await page.goto(LIST, { waitUntil: "commit" });
  note(`first${name}`, await painted(page, ROW));
  note(`all${name}`, await painted(page, SYNCED));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await settled(page);
  note("bytes", bytes());
  note("rows", (await kept(page)).rows);
  for (let n = 0; n < 3; n++) {
    await page.reload({ waitUntil: "commit" });
    note(`again${name}`, await painted(page, ROW));
    note(`boot${name}`, await booted(page));
    await expect(page.locator(SYNCED)).toBeVisible({ timeout: 120_000 });
    await settled(page);
    note(`boot_bare${name}`, (await kept(page)).took);
  }
}

test("what comes to a device that has nothing, and what it begins with again", async ({ browser, somebody, contextOptions, baseURL, locale, timezoneId }) => {
  const signedIn = await somebody("manager");
  for (const isSlow of [false, true]) {
    // What is slow takes long, and differs less.
    for (let n = 0; n < (isSlow ? Math.ceil(VISITS / 3) : VISITS); n++) {
      const [page, session] = await arriving(browser, signedIn, { ...contextOptions, baseURL, locale, timezoneId });
      await visiting(page, session, isSlow ? "_slowly" : "", isSlow);
      await page.context().close();
    }
  }
});

/** Customers opened in turn, none twice: those whose numbers begin so, and the next ones. */
async function opening(page: Page, name: string, from: number) {
  const search = page.getByRole("searchbox");
  for (let tens = from, opened = 0; opened < TIMES; tens++) {
    const numbers = `C-${String(tens).padStart(5, "0")}`;
    await search.fill(numbers);
    await expect(rows(page).first()).toContainText(numbers);
    await settled(page);
    const count = await rows(page).count();
    for (let nth = 0; nth < count && opened < TIMES; nth++, opened++) {
      const target = rows(page).nth(nth).locator(".customer-name");
      const customer = (await target.textContent()) ?? "";
      const there = shown(page, ".record:has(.record-body) .record-head", customer, "pointerup");
      await target.click();
      const { began, ended } = await there;
      // The first one brings what a customer's page is drawn with.
      if (opened > 0) note(name, ended - began);
      await page.goBack();
      await expect(rows(page)).toHaveCount(count);
    }
  }
  await search.fill("");
}

test("a customer that is opened", async ({ somebody, page: blank }) => {
  for (let n = 0; n < TIMES; n++) note("bare", await bare(blank));
  const page = await somebody("manager");
  const session = await page.context().newCDPSession(page);
  await list(page);
  await opening(page, "open", 10);
  await slow(session, { cpu: true });
  await opening(page, "open_slowly", 30);
  await slow(session, { line: true });
  await opening(page, "open_far", 50);
});

/** From now on the page knows when it last heard a key, and when it last showed something else because of it. */
function following(page: Page): Promise<void> {
  return page.evaluate(() => {
    const typed = ((window as { typed?: Moments }).typed = { began: 0, ended: 0 });
    addEventListener("input", (event) => Object.assign(typed, { began: event.timeStamp, ended: 0 }), { capture: true });
    const main = document.querySelector("main");
    if (!main) throw new Error("a page without contents");
    const showing = () => requestAnimationFrame(() => setTimeout(() => (typed.ended = performance.now())));
    new MutationObserver(showing).observe(main, { attributes: true, characterData: true, childList: true, subtree: true });
  });
}

test("a key in the search of a list", async ({ somebody }) => {
  const page = await somebody("manager");
  const session = await page.context().newCDPSession(page);
  await list(page);
  const isAsked = process.env.GUANXI_LISTS_ARE_ASKED === "1";
  await session.send("Performance.enable");
  const search = page.getByRole("searchbox");
  await search.click();
  await following(page);
  for (const query of ["shanghai", "咖啡", "13812", "C-0042", "kafei", "书店", "上海", "chashe"].slice(0, Math.max(2, VISITS * 2))) {
    for (const key of query) {
      const answer = isAsked ? page.waitForResponse((response) => response.url().endsWith("/api/lookup")) : undefined;
      const before = await worked(session);
      await page.keyboard.insertText(key);
      await answer;
      await settled(page);
      note("key", (await worked(session)) - before);
      const { began, ended } = await page.evaluate(() => (window as { typed?: Moments }).typed ?? { began: 0, ended: 0 });
      note("key_shown", ended - began);
    }
    const answer = isAsked ? page.waitForResponse((response) => response.url().endsWith("/api/lookup")) : undefined;
    await search.fill("");
    await answer;
    await settled(page);
  }
});

test("what is written down, and what somebody else sees of it", async ({ somebody }) => {
  const page = await somebody("manager");
  await list(page);
  await rows(page).first().click();
  const write = page.getByRole("button", { name: /记一笔/ });
  await expect(write).toBeVisible();
  const other = await somebody("admin");
  await other.goto(new URL(page.url()).pathname);
  await expect(other.getByRole("button", { name: /记一笔/ })).toBeVisible({ timeout: 120_000 });
  await expect(other.locator(SYNCED)).toBeVisible({ timeout: 120_000 });
  for (let n = 0; n < TIMES; n++) {
    const said = `看得见的第 ${n} 句 ${Date.now()}`;
    await write.click();
    await page.getByLabel("沟通细节").fill(said);
    const [here, there] = [shown(page, ".timeline", said, "pointerup"), shown(other, ".timeline", said)];
    await page.getByRole("button", { name: "记跟进" }).click();
    const { began, ended } = await here;
    note("write", ended - began);
    note("travel", (await there).ended - began);
  }
});
