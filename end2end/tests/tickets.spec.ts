// A complaint by telephone, from the first word to the solution: two colleagues, one queue, nothing of it lost.
import { expect, expectAccessible, test, writeDown } from "../fixtures";

test("a complaint is taken, answered, noted and solved, and a colleague sees it live (S149, S154, S159)", async ({ somebody }) => {
  const subject = `磨豆机换后仍有异响 ${Date.now() % 100_000}`;
  const service = await somebody("service");
  const manager = await somebody("manager");
  await writeDown(service, subject);
  await expect(service.getByText(/还剩 .*工作时间/).first()).toBeVisible();
  await expect(service.getByText("优先级高")).toBeVisible();

  await manager.goto("/staff/tickets?view=pending");
  await manager.getByRole("searchbox").fill(subject);
  await manager.getByRole("row").filter({ hasText: subject }).click();
  await expect(manager.getByText("昨天刚换上，今早又响了。")).toBeVisible();

  // A note is for colleagues, and looks like it.
  await manager.getByRole("radio", { name: "内部备注" }).check();
  await manager.getByLabel("内部备注", { exact: true }).last().fill("像刀盘同心度超差，建议整机更换。");
  await manager.getByRole("button", { name: "添加备注" }).click();
  const note = service.getByRole("listitem").filter({ hasText: "像刀盘同心度超差" });
  await expect(note.getByText("内部备注，客户看不到")).toBeVisible();

  // The three steps for a complaint begin a sentence; what is typed survives a reload.
  await service.keyboard.press("r");
  await service.getByLabel("回复客户", { exact: true }).last().fill("王总，马上安排工程师到店。");
  await service.getByRole("button", { name: /共情/ }).click();
  await service.reload();
  await expect(service.getByLabel("回复客户", { exact: true }).last()).toHaveValue(/马上安排工程师到店。\n我理解/);
  await service.getByRole("button", { name: "发送", exact: true }).click();
  await expect(manager.getByText("马上安排工程师到店。")).toBeVisible();
  await expect(manager.getByText(/已在 .*内回复/)).toBeVisible();

  // Solved with one key, undone with one press.
  await service.getByRole("log").click();
  await service.keyboard.press("s");
  await expect(manager.getByText("将状态改为“已解决”")).toBeVisible();
  await service.getByRole("button", { name: "撤销" }).click();
  await expect(manager.getByText("将状态改为“处理中”").last()).toBeVisible();
  await expectAccessible(service);
});

test("what is narrowed lives in the address, and the keyboard goes through the queue", async ({ somebody }) => {
  const page = await somebody("service");
  const subject = `键盘走查 ${Date.now() % 100_000}`;
  await writeDown(page, subject, "咨询", "未分配");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: subject, level: 2 })).toHaveCount(0);
  await page.getByRole("link", { name: "全部待处理" }).click();
  await expect(page).toHaveURL(/view=pending/);
  await page.getByRole("searchbox").fill(subject);
  await expect(page).toHaveURL(/q=/);
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect(page.getByText(/已分给/).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue(subject);
  await expect(page.getByRole("row").filter({ hasText: subject })).toHaveCount(1);
  await page.getByRole("searchbox").fill("没有这张工单 zzz");
  await expect(page.getByText("没有符合条件的工单")).toBeVisible();
});

test("a ticket without a customer or words is refused where it is missing, and nothing typed is lost", async ({ somebody }) => {
  const page = await somebody("service");
  await page.goto("/staff/tickets?new=1");
  const form = page.getByRole("dialog", { name: "新建工单" });
  await form.getByLabel("事由").fill("只有事由");
  await form.getByRole("button", { name: "新建", exact: true }).click();
  await expect(form.getByText("请选择客户。")).toBeVisible();
  await expect(form.getByLabel("事由")).toHaveValue("只有事由");
});

test("working hours are judged as they are typed (request 7)", async ({ somebody }) => {
  const page = await somebody("admin");
  await page.goto("/staff/settings");
  const monday = page.getByRole("group", { name: "周一" });
  await monday.getByLabel("到", { exact: true }).first().fill("08:00");
  await expect(page.getByText(/工作时段不能重叠/).first()).toBeVisible();
  await monday.getByLabel("到", { exact: true }).first().fill("12:00");
  await expect(page.getByText(/工作时段不能重叠/)).toHaveCount(0);
});

test("closed tickets are asked of the server, and without a line it is said that these are only some", async ({ somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const page = await somebody("manager");
  await page.goto("/staff/tickets?view=closed");
  await expect(page.locator("header small")).toHaveText(/^[\d,]+ 张$/);
  const rows = page.getByRole("row").filter({ hasText: "已关闭" });
  const first = await rows.first().locator(".ticket-subject").textContent();
  await rows.first().click();
  await expect(page.getByRole("heading", { name: first ?? "", level: 2 })).toBeVisible();

  // Whoever is sent its address sees it too, and it is found.
  await page.reload();
  await expect(page.getByRole("heading", { name: first ?? "", level: 2 })).toBeVisible();
  await page.getByRole("searchbox").fill(first ?? "");
  await expect(rows.filter({ hasText: first ?? "" }).first()).toBeVisible();

  await page.context().setOffline(true);
  await page.getByRole("searchbox").fill("没有这张工单 zzz");
  await expect(page.getByText("没有网络，这里只有本设备上的工单。")).toBeVisible();
});
