// Where there are more customers than a device carries: lists are asked of the server, and what is opened stays.
import type { Page, Request } from "@playwright/test";
import { expect, test } from "../fixtures";

/** As it travels: entity, id, the row. */
type FoundRow = [entity: string, id: string, row: { name?: string | null }];

/** Every row that this page's device was sent to keep. */
function kept(page: Page): { mentions: (id: string) => Promise<boolean> } {
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/sync/pull")) bodies.push(response.text().catch(() => ""));
  });
  return { mentions: async (id) => (await Promise.all(bodies)).some((body) => body.includes(id)) };
}

/** What is asked of the server. */
type Asked = "customers" | "closed";

/** Does it, and reads the list that the server answers with. */
async function listed(page: Page, asked: Asked, act: () => Promise<unknown>): Promise<FoundRow[]> {
  const isAnswer = (request: Request) => request.url().endsWith("/api/lookup") && request.postData()?.includes(`"question":{"${asked}"`);
  const answer = page.waitForResponse((response) => response.ok() && isAnswer(response.request()));
  await act();
  return (await (await answer).json()).rows;
}

test("a customer whom the device does not hold is found, opened, and there without a line", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const page = await somebody("manager");
  const device = kept(page);
  await page.reload();
  await expect(page.getByText("已同步")).toBeVisible();
  const rows = await listed(page, "customers", () => page.goto("/staff/customers?sort=no"));
  const count = page.locator("header small");
  await expect(count).toHaveText(/^[\d,]+ 户$/);
  expect(parseInt(((await count.textContent()) ?? "0").replace(",", ""))).toBeGreaterThan(150);

  const names = rows.filter(([entity, , row]) => entity === "customer" && row.name);
  const held = await Promise.all(names.map(([, id]) => device.mentions(id)));
  const [, id, row] = names.find((_, n) => !held[n]) ?? [];
  expect(row?.name, "everybody is held").toBeTruthy();
  const name = row?.name ?? "";
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("row").filter({ hasText: name }).first().click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect.poll(() => device.mentions(id ?? "")).toBe(true);

  // What was opened is there in a lift, and only what is there is shown.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await page.goto("/staff/customers");
  await expect(page.getByText("没有网络，这里只有本设备上的客户。")).toBeVisible();
  await page.getByRole("searchbox").fill(name);
  await expect(page.getByRole("row").filter({ hasText: name }).first()).toBeVisible();

  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await listed(page, "customers", () => page.getByRole("searchbox").fill(""));
  await expect(page.getByText("没有网络，这里只有本设备上的客户。")).toHaveCount(0);
  await expect(count).toHaveText(/^[\d,]+ 户$/);
});

test("a closed ticket is opened by its address", async ({ somebody }) => {
  const page = await somebody("service");
  const tickets = await listed(page, "closed", () => page.goto("/staff/tickets?view=closed"));
  expect(tickets.some(([entity]) => entity === "ticket")).toBe(true);
  const row = page.getByRole("row").filter({ hasText: "已关闭" }).first();
  const subject = (await row.locator(".ticket-subject").textContent()) ?? "";
  await row.click();
  const heading = page.getByRole("heading", { name: subject, level: 2 });
  await expect(heading).toBeVisible();
  await page.reload();
  await expect(heading).toBeVisible();
});
