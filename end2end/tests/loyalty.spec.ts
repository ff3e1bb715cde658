// An order is written down, its points are with the customer at once, and what they redeem is handed over the counter.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, phone, test } from "../fixtures";

const GUEST = { name: "温书宁", who: "vip@demo.guanxi", password: "lanshi-coffee" };

/** The customer's page, found in the list as somebody would. */
async function openCustomer(page: Page) {
  await page.goto("/staff/customers");
  await page.getByRole("searchbox").fill(GUEST.name);
  await page.getByRole("row").filter({ hasText: GUEST.name }).dblclick();
  await expect(page.getByRole("heading", { name: GUEST.name, level: 1 })).toBeVisible();
}

/** The number on the card, wherever it is shown. */
async function balance(page: Page): Promise<number> {
  const text = await page.locator("data").first().innerText();
  return Number(text.replace(/\D/g, ""));
}

test("a paid order's points reach the customer, who redeems, and staff hand it over (S116, S120, S135)", async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId, somebody }) => {
  const staff = await somebody("manager");
  await openCustomer(staff);
  const before = await balance(staff);

  const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...phone });
  await complaints.watch(context);
  const guest = await context.newPage();
  await guest.goto("/");
  await guest.getByLabel("邮箱或手机号", { exact: true }).fill(GUEST.who);
  await guest.getByLabel("密码", { exact: true }).fill(GUEST.password);
  await guest.getByRole("button", { name: "登录", exact: true }).click();
  await expect(guest).toHaveURL(/\/portal/);
  await guest.goto("/portal/points");
  await expect.poll(() => balance(guest)).toBe(before);

  // What is no amount is refused in its place, and nothing typed is lost.
  const what = `手冲套装 ${Date.now() % 100_000}`;
  await staff.getByRole("button", { name: "登记订单" }).click();
  const form = staff.getByRole("dialog", { name: "登记订单" });
  await form.getByLabel("买了什么").fill(what);
  await form.getByLabel("金额").fill("12.345");
  await form.getByRole("button", { name: "登记订单" }).click();
  await expect(form.getByText("金额最多 2 位小数。")).toBeVisible();
  await form.getByLabel("金额").fill("1,280.00");
  await form.getByRole("button", { name: "登记订单" }).click();
  await expect(form).toHaveCount(0);
  await expect.poll(() => balance(staff)).toBeGreaterThan(before);
  const after = await balance(staff);
  await expect.poll(() => balance(guest), { message: "the customer sees it without reloading" }).toBe(after);

  // Why so many: the history says it.
  await staff.getByRole("button", { name: "积分明细" }).click();
  const explained = staff.getByRole("dialog", { name: "积分明细" });
  await expect(explained.getByText(`购买${what}`)).toBeVisible();
  await expect(explained.getByText(/每 ¥.* 得 .* 积分/).first()).toBeVisible();
  await expectAccessible(staff);
  await staff.keyboard.press("Escape");

  // The customer redeems; staff see it with its code, and hand it over.
  const waiting = staff.getByRole("list", { name: "待交付" }).getByRole("listitem");
  const open = await waiting.count();
  await guest.getByRole("button", { name: "兑换", exact: true }).first().click();
  await guest.getByRole("dialog").getByRole("button", { name: /兑换/ }).last().click();
  await expect(waiting).toHaveCount(open + 1);
  await expect.poll(() => balance(staff)).toBeLessThan(after);
  await waiting.last().getByRole("button", { name: "交付" }).click();
  await expect(waiting).toHaveCount(open);
  await context.close();
});

test("a refund is at most what is left, and takes its points back (S097, request 19)", async ({ somebody }) => {
  const page = await somebody("manager");
  await openCustomer(page);
  const what = `退款走查 ${Date.now() % 100_000}`;
  await page.getByRole("button", { name: "登记订单" }).click();
  const form = page.getByRole("dialog", { name: "登记订单" });
  await form.getByLabel("买了什么").fill(what);
  await form.getByLabel("金额").fill("300");
  await form.getByRole("button", { name: "登记订单" }).click();
  const order = page.getByRole("list", { name: "订单" }).getByRole("listitem").filter({ hasText: what });
  await expect(order.getByText("已付款")).toBeVisible();
  // Its number comes from the server, and with it the row is made anew.
  await expect(page.getByText(/待发送/)).toHaveCount(0);
  await order.getByRole("button", { name: "订单操作" }).click();
  await page.getByRole("menuitem", { name: "退款" }).click();
  const refund = page.getByRole("dialog", { name: /退款/ });
  await refund.getByLabel("退款金额").fill("300.01");
  await expect(refund.getByText("退款不能超过还没有退还的金额。").first()).toBeVisible();
  await refund.getByLabel("退款金额").fill("100");
  await refund.getByRole("button", { name: "退款", exact: true }).click();
  await expect(order.getByText("已退 ¥100.00")).toBeVisible();
});

test("the programme is judged as it is typed (requests 18 and 20)", async ({ somebody }) => {
  const page = await somebody("admin");
  await page.goto("/staff/settings");
  const second = page.getByRole("group", { name: "第 2 级" });
  const from = second.getByLabel("门槛积分");
  const was = await from.inputValue();
  await from.fill("1");
  await expect(page.getByText(/等级门槛要逐级升高/).first()).toBeVisible();
  await from.fill(was);
  await expect(page.getByText(/等级门槛要逐级升高/)).toHaveCount(0);
});

test("other rules are previewed, planned for a day and called off again (request 20)", async ({ somebody }) => {
  const page = await somebody("admin");
  await page.goto("/staff/settings");
  await page.getByLabel("门槛积分").first().fill("500");
  await page.getByRole("button", { name: "预览影响" }).click();
  const preview = page.getByRole("dialog", { name: /起的影响$/ });
  await expect(preview.getByText(/^过去一年的 [\d,]+ 笔消费/)).toBeVisible();
  await expect(preview.getByText("还没有等级 → 银卡会员").first()).toBeVisible();
  await page.keyboard.press("Escape");

  // The form with the rules of now is left as it was typed.
  const form = page.locator("form").filter({ has: page.getByRole("group", { name: "第 1 级" }) });
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText(/^新规则.*起生效。/)).toBeVisible();
  await expect(page.getByLabel("门槛积分").first()).toHaveValue("500");
  const versions = page.getByRole("list", { name: "各时期的规则" });
  await expect(versions.getByText("待生效")).toBeVisible();
  await page.getByRole("button", { name: "取消新规则" }).click();
  await expect(page.getByText(/^新规则.*起生效。/)).toHaveCount(0);
  await expect(versions.getByText("已取消")).toBeVisible();
});
