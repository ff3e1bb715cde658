// Staff make a customer, find it, write down a contact and what is next; a colleague sees all of it without reloading.
import { expect, test } from "../fixtures";

test("a customer made by one is found and followed up by another, live (S015, S018, S035, S092)", async ({ somebody }) => {
  const name = `听雨茶舍 ${Date.now() % 100_000}`;
  const manager = await somebody("manager");
  const admin = await somebody("admin");

  await expect(manager.getByText("已同步")).toBeVisible();
  await manager.goto("/staff/customers?new=1");
  const form = manager.getByRole("dialog", { name: "新建客户" });
  await form.getByLabel("客户名称", { exact: true }).fill(name);
  await form.getByLabel("性质", { exact: true }).selectOption({ label: "经销商" });
  await form.getByLabel("电话", { exact: true }).fill("138 1234 5678");
  await form.getByRole("button", { name: "新建", exact: true }).click();
  await expect(manager.getByRole("heading", { name, level: 1 })).toBeVisible();

  // The colleague finds it by its initials as soon as it is synced.
  await admin.goto("/staff/customers?sort=-no");
  await admin.getByRole("searchbox").fill("tycs");
  await admin.getByText(name).click();
  await expect(admin.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(admin.getByText("138****5678")).toBeVisible();

  await admin.getByRole("button", { name: "添加联系人" }).click();
  await admin.getByLabel("姓名").fill("沈知遥");
  await admin.getByLabel("决策角色").selectOption({ label: "决策者" });
  await admin.getByRole("button", { name: "保存", exact: true }).click();
  await expect(manager.getByRole("button", { name: "沈知遥" })).toBeVisible();

  await manager.getByRole("button", { name: /记一笔/ }).click();
  await manager.getByLabel("沟通细节").fill("想要两台 E2 的报价，下周定。");
  await manager.getByLabel("对象").selectOption({ label: "沈知遥" });
  await manager.getByLabel("下一步", { exact: true }).fill("发报价单");
  await manager.getByLabel("什么时候").fill("2030-01-08T10:00");
  await manager.getByRole("button", { name: "记跟进" }).click();
  await expect(admin.getByText("想要两台 E2 的报价，下周定。")).toBeVisible();
  await expect(admin.getByRole("heading", { name: "发报价单" })).toBeVisible();

  // Done with one press, and undone with another.
  await admin.getByRole("button", { name: "完成", exact: true }).click();
  await expect(manager.getByText("完成：发报价单")).toBeVisible();
  await admin.getByRole("button", { name: "撤销" }).click();
  await expect(manager.getByRole("heading", { name: "发报价单" })).toBeVisible();
});

test("neither name nor number is refused in words, and nothing typed is lost", async ({ somebody }) => {
  const page = await somebody("manager");
  await expect(page.getByText("已同步")).toBeVisible();
  await page.goto("/staff/customers?new=1");
  await page.getByLabel("需求与偏好").fill("只留下这一句");
  await page.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByText("请填写客户名称或客户编号。")).toBeVisible();
  await expect(page.getByLabel("需求与偏好")).toHaveValue("只留下这一句");
  await page.getByLabel("电话", { exact: true }).fill("１２");
  await page.getByLabel("客户名称", { exact: true }).fill("𠮷野 㛃");
  await page.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByText("格式不对，请检查。")).toBeVisible();
  await page.getByLabel("电话", { exact: true }).fill("");
  await page.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByRole("heading", { name: "𠮷野 㛃", level: 1 })).toBeVisible();
});

test("the list's filters live in the address and survive a reload", async ({ somebody }) => {
  const page = await somebody("manager");
  await page.goto("/staff/customers");
  await page.getByRole("link", { name: "30 天未联系" }).click();
  await expect(page).toHaveURL(/view=quiet/);
  await page.getByRole("searchbox").fill("书店");
  await expect(page).toHaveURL(/q=/);
  const count = page.locator("header small");
  await expect(count).toHaveText(/^\d+ 户$/);
  const shown = await count.textContent();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("书店");
  await expect(count).toHaveText(shown ?? "");
});

test("sales see their own customers and nobody else's", async ({ somebody }) => {
  const manager = await somebody("manager");
  await manager.goto("/staff/customers");
  const all = manager.locator("header small");
  await expect(all).toHaveText(/[1-9]\d* 户/);
  const sales = await somebody("sales");
  await sales.goto("/staff/customers");
  const own = sales.locator("header small");
  await expect(own).toHaveText(/[1-9]\d* 户/);
  expect(parseInt((await own.textContent()) ?? "0")).toBeLessThan(parseInt((await all.textContent()) ?? "0"));
});
