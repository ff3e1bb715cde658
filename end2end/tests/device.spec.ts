// How a device stands with its server when something is in the way: it goes on where it can, and says so where it cannot.
import { expect, test } from "../fixtures";

const FORTNIGHT = 14 * 24 * 60 * 60 * 1000;

test("where pokes do not come through, a colleague's change still appears", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_FAILED|Failed to load resource|sync\/live/);
  const manager = await somebody("manager");
  await manager.route("**/sync/live", (route) => route.abort());
  const polled = manager.waitForRequest((request) => request.url().endsWith("/sync/pull") && request.postDataJSON().wait_s > 0, {
    timeout: 60_000,
  });
  await manager.goto("/staff/customers");
  await polled;

  const admin = await somebody("admin");
  const name = `代理后面 ${Date.now() % 100_000}`;
  await manager.getByRole("searchbox").fill(name);
  await admin.goto("/staff/customers?new=1");
  const form = admin.getByRole("dialog", { name: "新建客户" });
  await form.getByLabel("客户名称", { exact: true }).fill(name);
  await form.getByRole("button", { name: "新建", exact: true }).click();
  await expect(admin.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(manager.getByRole("row").getByText(name)).toBeVisible();
});

test("a device that was away for too long shows nothing before it has been in touch", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const staff = await somebody("manager");
  await staff.goto("/staff/customers");
  await expect(staff.getByText(/已同步/)).toBeVisible();
  const row = staff.getByRole("row").nth(1);
  await expect(row).toBeVisible();
  await staff.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await staff.reload();
  await expect(staff.getByText(/已同步/)).toBeVisible();

  await staff.context().setOffline(true);
  await staff.clock.setFixedTime(Date.now() + FORTNIGHT - 60_000);
  await staff.reload();
  await expect(row).toBeVisible();

  await staff.clock.setFixedTime(Date.now() + FORTNIGHT + 60_000);
  await staff.reload();
  await expect(staff.getByText(/超过 14 天没有联网/)).toBeVisible();
  await expect(row).toHaveCount(0);

  await staff.context().setOffline(false);
  await staff.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(row).toBeVisible();
  await expect(staff.getByText(/超过 14 天没有联网/)).toHaveCount(0);
});

test("a device that the server no longer understands says so and keeps what is written", async ({ somebody, expectComplaint }) => {
  expectComplaint(/426/);
  const staff = await somebody("manager");
  const refusal = { error: { code: "client.too_old", message: "应用版本太旧，请更新后继续。" } };
  await staff.route("**/sync/pull", (route) => route.fulfill({ status: 426, json: refusal }));
  await staff.reload();
  await expect(staff.getByText(/更新后才能继续同步/)).toBeVisible();
  await expect(staff.getByText("请更新应用")).toBeVisible();

  await staff.unroute("**/sync/pull");
  await staff.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(staff.getByText(/已同步/)).toBeVisible();
  await expect(staff.getByText(/更新后才能继续同步/)).toHaveCount(0);
});

test("what a device cannot keep is sent from memory, and until then the page asks to be left open", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const staff = await somebody("manager");
  await staff.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === "pending") throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
  await staff.goto("/staff/customers");
  await expect(staff.getByText(/已同步/)).toBeVisible();
  await staff.getByRole("row").nth(2).click();
  await expect(staff.getByRole("button", { name: /记一笔/ })).toBeVisible();
  await staff.context().setOffline(true);
  const said = `存不下的一笔 ${Date.now()}`;
  await staff.getByRole("button", { name: /记一笔/ }).click();
  await staff.getByLabel("沟通细节").fill(said);
  await staff.getByRole("button", { name: "记跟进" }).click();
  await expect(staff.getByText(said)).toBeVisible();
  await expect(staff.getByText(/请不要关闭这一页/)).toBeVisible();

  await staff.context().setOffline(false);
  await staff.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(staff.getByText(/待发送/)).toHaveCount(0);
  await expect(staff.getByText(/请不要关闭这一页/)).toHaveCount(0);
  await expect(staff.getByText(said)).toHaveCount(1);
});
