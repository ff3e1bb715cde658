// In a lift: what is on the device can be read, what is written is kept over a reload, and all of it arrives once.
import { expect, test } from "../fixtures";

test("what is written without a connection survives a reload and arrives exactly once", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED/);
  const staff = await somebody("manager");
  await staff.goto("/staff/customers");
  await expect(staff.getByText(/已同步/)).toBeVisible();
  // The worker needs one visit to have the shell.
  await staff.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await staff.reload();
  await expect(staff.getByText(/已同步/)).toBeVisible();

  await staff.context().setOffline(true);
  await staff.getByRole("row").nth(2).click();
  const name = (await staff.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const said = `没有信号时写下的 ${Date.now()}`;
  await staff.getByRole("button", { name: /记一笔/ }).click();
  await staff.getByLabel("沟通细节").fill(said);
  await staff.getByRole("button", { name: "记跟进" }).click();
  await expect(staff.getByText(said)).toBeVisible();
  await expect(staff.getByText(/待发送/)).toBeVisible();

  await staff.reload();
  await expect(staff.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(staff.getByText(said)).toBeVisible();

  const address = new URL(staff.url()).pathname;
  await staff.context().setOffline(false);
  await staff.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(staff.getByText(/待发送/)).toHaveCount(0);
  await expect(staff.getByText(said)).toHaveCount(1);

  const colleague = await somebody("admin");
  await colleague.goto(address);
  await expect(colleague.getByText(said)).toHaveCount(1);
});
