// The way in: the entry page opens by itself, in the visitor's language, and asks for nothing it does not need.
import { expect, expectAccessible, signIn, test } from "../fixtures";

test("the entry page opens in Chinese and anybody can use it", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "登录", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("#boot")).toHaveCount(0);
  await expectAccessible(page);
});

test("the language changes in place and is remembered", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a visitor is not sent the workspace of the staff", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await expect(page.getByRole("button", { name: "登录", exact: true })).toBeVisible();
  expect(asked.filter((path) => path.includes("split_staff"))).toEqual([]);
});

test("staff come in through the form, stay in after a reload, and go out", async ({ page }) => {
  await signIn(page, "sales");
  await expect(page).toHaveURL(/\/staff\//);
  await page.reload();
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await expect(page).toHaveURL(/\/staff\//);
});

test("a wrong password is refused in words, and what was typed stays", async ({ page, expectComplaint }) => {
  expectComplaint(/401/);
  await page.goto("/");
  await page.getByLabel("邮箱或手机号", { exact: true }).fill("nobody@example.com");
  await page.getByLabel("密码", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByText(/不正确|不对|有误/)).toBeVisible();
  await expect(page.getByLabel("邮箱或手机号", { exact: true })).toHaveValue("nobody@example.com");
});

test("a page is named in the tab, and / leads to its search", async ({ somebody }) => {
  const page = await somebody("sales");
  await page.goto("/staff/customers?q=餐饮");
  await expect(page).toHaveTitle(/^客户 · /);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("拾禾餐饮");
  await expect(search).toHaveValue("拾禾餐饮");
  await page.getByRole("row").filter({ hasText: "拾禾餐饮" }).click();
  await expect(page).toHaveTitle(/^拾禾餐饮 · /);
});

test("a customer who does not see begins to read a page at its name", async ({ somebody }) => {
  const page = await somebody("customer");
  await page.getByRole("link", { name: "积分", exact: true }).click();
  await expect(page).toHaveTitle(/^积分 · /);
  await expect(page.getByRole("heading", { level: 1, name: "积分" })).toBeFocused();
});

test("whoever leaves is disabled, and a colleague takes over their work", async ({ somebody }) => {
  const page = await somebody("admin");
  await page.goto("/staff/team");
  const row = page.getByRole("row").filter({ hasText: "秦川" });
  await row.getByRole("button", { name: "秦川" }).click();
  await page.getByRole("dialog", { name: "编辑同事" }).getByRole("button", { name: "停用" }).click();
  const leaving = page.getByRole("dialog", { name: "停用 秦川" });
  await leaving.getByLabel("工作交给").selectOption({ label: "杜若溪" });
  await expectAccessible(page);
  await leaving.getByRole("button", { name: "停用", exact: true }).click();
  await expect(page.getByText("已停用 秦川，其设备不再能访问")).toBeVisible();
  await expect(row).toContainText("工作已交给 杜若溪");
  await row.getByRole("button", { name: "秦川" }).click();
  await page.getByRole("dialog", { name: "编辑同事" }).getByRole("button", { name: "恢复" }).click();
  await expect(row).not.toContainText("工作已交给");
});
