// Three people at once: what one of them does the others see as it happens, and nobody reloads.
import type { Page } from "@playwright/test";
import { expect, phone, test } from "../fixtures";

/** A figure on the satisfaction sheet: on how many cases it rests, and what it says. */
function figure(page: Page, name: string) {
  const label = page.getByText(new RegExp(`^${name}\\s*n [\\d,]+$`));
  const value = label.locator("..").locator("data");
  const n = async () => Number(((await label.textContent()) ?? "").replace(/^.*n /, "").replaceAll(",", ""));
  return { label, value, n };
}

test("a ticket goes from the customer to us and back, and the manager sees what came of it (S127, S149, S185)", async ({ somebody, expectComplaint }) => {
  const mark = Date.now() % 1_000_000;
  const [subject, reply, word, why] = [`蒸汽棒漏水 ${mark}`, `师傅明早九点到 ${mark}`, `等了一整天 ${mark}`, `机器好用 ${mark}`];
  const staff = await somebody("service");
  const manager = await somebody("manager");
  const guest = await somebody("customer", phone);
  await manager.goto("/manager/satisfaction?period=month");
  const [csat, nps] = [figure(manager, "满意率"), figure(manager, "NPS 净推荐值")];
  await expect(csat.label).toBeVisible();
  await expect(manager.getByText(/已同步/)).toBeVisible();
  const before = { ratings: await csat.n(), satisfied: (await csat.value.textContent()) ?? "", answers: await nps.n() };
  await staff.goto("/staff/tickets?view=unassigned");
  await staff.getByRole("searchbox").fill(subject);
  await expect(staff.getByText("没有符合条件的工单")).toBeVisible();
  await staff.getByRole("searchbox").blur();
  // Whoever is on these pages stays on them.
  for (const page of [staff, manager]) await page.evaluate(() => Object.assign(window, { stayed: true }));

  await guest.goto("/portal/service/new");
  await guest.getByLabel("一句话说明").fill(subject);
  await guest.getByLabel("具体情况").fill("早高峰前能修好吗？");
  await guest.getByRole("radio", { name: /技术支持/ }).check();
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await expect(guest.getByText(/我们会在 .* 前回复/)).toBeVisible();
  await guest.evaluate(() => Object.assign(window, { stayed: true }));

  // It is there by itself; taken, it is nobody else's, and answered.
  await staff.getByRole("row").filter({ hasText: subject }).click();
  await expect(staff.getByRole("heading", { name: subject, level: 2 })).toBeVisible();
  await staff.getByRole("button", { name: "未分配" }).click();
  await staff.getByRole("menuitemradio", { name: /^我/ }).click();
  await expect(staff.getByRole("log").getByText(/接手处理/)).toBeVisible();
  await staff.getByLabel("回复客户", { exact: true }).last().fill(reply);
  await staff.getByRole("button", { name: "发送", exact: true }).click();
  await expect(guest.getByText(reply)).toBeVisible();
  await expect(staff.getByText("客户已读")).toBeVisible();

  // Solved; the customer was not quite happy, and the manager hears it.
  await staff.getByRole("button", { name: "处理中", exact: true }).click();
  await staff.getByRole("menuitem", { name: "标为已解决" }).click();
  await guest.getByRole("radio", { name: /2 星/ }).check();
  await guest.getByLabel("想说的话").fill(word);
  await guest.getByRole("button", { name: "提交评价" }).click();
  await expect(guest.getByText("谢谢您的评价")).toBeVisible();
  await expect(staff.getByRole("log").getByText(word)).toBeVisible();
  await expect.poll(csat.n).toBeGreaterThan(before.ratings);
  await expect(csat.value).not.toHaveText(before.satisfied);
  await expect(manager.getByRole("list", { name: "低分评价" }).getByText(subject)).toBeVisible();

  // Asked once a quarter: a fresh demonstration has not asked yet.
  await guest.getByRole("link", { name: "返回" }).click();
  await guest.getByRole("link", { name: "会员" }).click();
  await guest.getByRole("radio", { name: "9", exact: true }).check();
  await guest.getByLabel("为什么打这个分").fill(why);
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await expect(guest.getByText("谢谢，我们会认真看。")).toBeVisible();
  await expect.poll(nps.n).toBeGreaterThan(before.answers);
  await expect(manager.getByText(why)).toBeVisible();

  // From any side: who answered technical questions, and how content their customers were. The address says it, too.
  await manager.getByRole("button", { name: /^触点/ }).click();
  await manager.locator("select:visible").selectOption({ label: "技术支持" });
  await expect(manager).toHaveURL(/touch=support/);
  await expect.poll(nps.n).toBe(0);
  await expect.poll(csat.n).toBeGreaterThan(0);
  await manager.getByRole("radio", { name: "负责人", exact: true }).check();
  const row = manager.getByRole("row").filter({ hasText: "周知行" });
  await expect(row).toContainText(/n [1-9]/);
  await expect(manager.getByRole("list", { name: "低分评价" }).getByText(subject)).toBeVisible();
  // Without a line what this device holds stays, and it is said that it is not narrowed.
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  await manager.context().setOffline(true);
  await manager.getByRole("radio", { name: "等级", exact: true }).check();
  await expect(manager.getByText("这项对比要问服务器")).toBeVisible();
  await manager.getByRole("button", { name: /^渠道/ }).click();
  await manager.locator("select:visible").selectOption({ label: "客户门户" });
  await expect(manager.getByText(/筛选后的数字要问服务器/)).toBeVisible();
  await expect.poll(nps.n).toBeGreaterThan(before.answers);
  await manager.context().setOffline(false);
  await expect(manager.getByText(/筛选后的数字要问服务器/)).toHaveCount(0);
  await manager.getByRole("button", { name: "清除条件" }).click();
  await expect.poll(nps.n).toBeGreaterThan(before.answers);
  for (const page of [staff, manager, guest]) expect(await page.evaluate(() => "stayed" in window)).toBe(true);
});
