// In a lift: what is on the device can be read, what is written is kept over a reload, and all of it arrives once.
import type { Page } from "@playwright/test";
import { expect, test, writeDown } from "../fixtures";

/** The worker needs one visit to have the shell; then the line is gone. */
async function goOffline(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect(page.getByText(/已同步/)).toBeVisible();
  await page.context().setOffline(true);
}

/** The line is there again, and all that waited has gone. */
async function comeBack(page: Page) {
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText(/待发送/)).toHaveCount(0);
}

test("what is written without a connection survives a reload and arrives exactly once", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const staff = await somebody("manager");
  await staff.goto("/staff/customers");
  await expect(staff.getByText(/已同步/)).toBeVisible();
  await goOffline(staff);
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
  await comeBack(staff);
  await expect(staff.getByText(said)).toHaveCount(1);

  const colleague = await somebody("admin");
  await colleague.goto(address);
  await expect(colleague.getByText(said)).toHaveCount(1);
});

test("a reply to a ticket that was written without a connection arrives exactly once", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const staff = await somebody("service");
  const subject = `电梯里答复 ${Date.now() % 100_000}`;
  await writeDown(staff, subject, "咨询");
  await expect(staff.getByText(/待发送/)).toHaveCount(0);
  await goOffline(staff);

  const said = `没有信号时答复的 ${Date.now()}`;
  await staff.getByLabel("回复客户", { exact: true }).last().fill(said);
  await staff.getByRole("button", { name: "发送", exact: true }).click();
  const reply = staff.getByRole("log").getByText(said);
  await expect(reply).toBeVisible();
  await expect(staff.getByText(/待发送/)).toBeVisible();
  await staff.reload();
  await expect(staff.getByRole("heading", { name: subject, level: 2 })).toBeVisible();
  await expect(reply).toHaveCount(1);
  await expect(staff.getByLabel("回复客户", { exact: true }).last()).toHaveValue("");

  const address = new URL(staff.url()).pathname;
  await comeBack(staff);
  await expect(reply).toHaveCount(1);
  await staff.reload();
  await expect(reply).toHaveCount(1);
  const colleague = await somebody("manager");
  await colleague.goto(address);
  await expect(colleague.getByRole("log").getByText(said)).toHaveCount(1);
});
