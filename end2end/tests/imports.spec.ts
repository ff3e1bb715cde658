// Files of other systems: looked at first, taken in while one watches, refused rows to mend, taken back as a whole.
import { expect, test } from "../fixtures";

const HEAD = "客户编号,客户名称,电话,行业备注\n";

/** A file of so many customers; the second row has no number of its own. */
function customers(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, n) => `${n === 1 ? "" : `QX${n + 1}`},琴弦咖啡${n + 1}号店,138${String(10_000_000 + n)},吧台`);
  return Buffer.from(`${HEAD}${rows.join("\n")}\n`);
}

test("a file is looked at, taken in and taken back", async ({ somebody }) => {
  const page = await somebody("manager");
  await page.goto("/manager/imports");
  await page.getByLabel("CSV 文件").setInputFiles({ name: "门店.csv", mimeType: "text/csv", buffer: customers(40) });
  await expect(page.getByText("门店.csv").first()).toBeVisible();
  const outcome = page.getByRole("status").filter({ hasText: "无变化" });

  await page.getByRole("button", { name: "预览" }).click();
  await expect(outcome).toContainText("还没有写入任何数据");
  await expect(outcome).toContainText(/新增\s*39/);
  await expect(outcome).toContainText(/未导入\s*1/);

  await page.getByRole("button", { name: "开始导入" }).click();
  await expect(outcome).not.toContainText("还没有写入任何数据");
  await expect(outcome).toContainText(/新增\s*39/);
  const download = page.waitForEvent("download");
  await outcome.getByRole("link", { name: "下载未导入的行" }).click();
  const mended = await (await download).createReadStream();
  let refused = "";
  for await (const part of mended) refused += part;
  expect(refused).toContain("琴弦咖啡2号店");

  const past = page.getByRole("listitem").filter({ hasText: "门店.csv" });
  await expect(past).toContainText("新增 39");
  await past.getByRole("button", { name: "撤销" }).click();
  await expect(past).toContainText("已撤销 39 行");
});

test("what is no table is refused in a sentence, and the choice stays", async ({ somebody, expectComplaint }) => {
  expectComplaint(/status of 4\d\d/);
  const page = await somebody("manager");
  await page.goto("/manager/imports");
  await page.getByRole("button", { name: "预览" }).click();
  await expect(page.getByText("请选择文件。")).toBeVisible();
  const name = "没有编号.csv";
  await page.getByLabel("CSV 文件").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from("名称,电话\n琴弦,1\n") });
  await page.getByRole("button", { name: "预览" }).click();
  await expect(page.getByRole("main")).toContainText(/编号/);
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "开始导入" })).toHaveCount(0);
});
