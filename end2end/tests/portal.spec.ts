// A customer is invited, writes to us from a phone, is answered, answers in a lift, and says how it went.
import { writeFile } from "node:fs/promises";
import { type APIRequestContext, type Page } from "@playwright/test";
import { expect, expectAccessible, phone, test } from "../fixtures";

const headers = { "x-guanxi-proto": "1" };

/** An id as devices make them: by time, then by chance. */
function id(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const chance = () => Math.floor(Math.random() * 16).toString(16);
  const digits = (count: number) => Array.from({ length: count }, chance).join("");
  return `${time}7${digits(3)}8${digits(15)}`;
}

/** A command of staff, sent as their device would. */
async function push(request: APIRequestContext, name: string, args: object) {
  const mutation = { mid: 1, cmd_id: id(), v: 1, name, args, client_ts: Date.now() };
  const answer = await request.post("/sync/push", { headers, data: { client_id: id(), confirmed_mid: 0, mutations: [mutation] } });
  expect(await answer.text()).toContain('"ok":true');
}

/** A customer of our own with one person, whom a colleague invites; comes in on a phone by the link. */
async function customer(staff: Page, guest: Page): Promise<string> {
  const [customer, contact, name] = [id(), id(), `沈知夏 ${Date.now() % 100_000}`];
  const email = `${contact}@example.com`;
  const team = await staff.evaluate(async (headers) => {
    const body = JSON.stringify({ client_id: crypto.randomUUID().replaceAll("-", ""), epoch: null, scopes: {}, confirmed_mid: 0, limit_bytes: 4_000_000, wait_s: 0 });
    const answer = await fetch("/sync/pull", { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
    const page = await answer.json();
    return (page.rows as [string, string, string, object][]).find(([, entity]) => entity === "team")?.[2];
  }, headers);
  const draft = { name: "澄溪之友", kind: "company", team };
  await push(staff.request, "customers.open", { id: customer, draft, contacts: [[contact, { name, email }]] });
  const invited = await staff.request.post(`/api/contacts/${contact}/invite`, { headers, data: {} });
  const link = await invited.json();
  await guest.goto(link.path);
  await expect(guest.getByRole("heading", { name: `${name}，您好` })).toBeVisible();
  await expectAccessible(guest);
  await guest.getByLabel("设置密码", { exact: true }).fill("long enough for anybody");
  await guest.getByRole("button", { name: "进入", exact: true }).click();
  await expect(guest).toHaveURL(/\/portal$/);
  await expect(guest.getByRole("heading", { name: "澄溪之友" })).toBeVisible();
  return name;
}

test("a customer comes in by a link, asks, is answered and says how it went (S113, S127, S149)", async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId, somebody }) => {
  const staff = await somebody("manager");
  const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...phone });
  await complaints.watch(context);
  const guest = await context.newPage();
  await customer(staff, guest);

  // A draft survives a reload, and is gone once it was sent.
  await guest.getByRole("link", { name: "写给我们" }).click();
  await guest.getByLabel("一句话说明").fill("厨房净水机出水变小");
  await guest.getByLabel("具体情况").fill("从昨晚开始水流只有原来的一半。");
  await guest.getByRole("radio", { name: /技术支持/ }).check();
  await guest.reload();
  await expect(guest.getByLabel("一句话说明")).toHaveValue("厨房净水机出水变小");
  await expect(guest.getByRole("radio", { name: /技术支持/ })).toBeChecked();
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await expect(guest.getByText(/我们会在 .* 前回复/)).toBeVisible();
  await expectAccessible(guest);
  const ticket = guest.url().split("/").at(-1) ?? "";

  // The answer arrives by itself; unread until it is read.
  await guest.getByRole("link", { name: "返回" }).click();
  await push(staff.request, "tickets.reply", { id: id(), ticket, text: "应该是滤网堵了，师傅今天上门。", then: "waiting" });
  await expect(guest.getByRole("link", { name: /厨房净水机出水变小.*等您回复.*有新回复/ })).toBeVisible();
  await expectAccessible(guest);
  await guest.getByRole("link", { name: /厨房净水机出水变小/ }).click();
  await expect(guest.getByText("应该是滤网堵了，师傅今天上门。")).toBeVisible();
  await guest.getByRole("textbox", { name: "留言" }).fill("好的，下午在家。");
  await guest.getByRole("button", { name: "发送", exact: true }).click();
  await expect(guest.getByText("好的，下午在家。")).toBeVisible();
  // Had it not arrived before, it would open the ticket again.
  await expect(guest.getByText("发送中")).toHaveCount(0);

  // Solved: stars, a word, thanks; and then it is over.
  await push(staff.request, "tickets.reply", { id: id(), ticket, text: "滤网洗好了。", then: "solved" });
  await guest.getByRole("radio", { name: /5 星/ }).check();
  await guest.getByLabel("想说的话").fill("很快。");
  await guest.getByRole("button", { name: "提交评价" }).click();
  await expect(guest.getByText("谢谢您的评价")).toBeVisible();
  await expectAccessible(guest);
  await guest.goto("/portal/service");
  await expect(guest.getByText("已办妥")).toBeVisible();
  await expect(guest.getByText("有新回复")).toHaveCount(0);
  await context.close();
});

test("in a lift a customer reads and answers; it arrives once, and everybody keeps to their own place", async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId, somebody, expectComplaint }) => {
  expectComplaint(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED|Failed to fetch/);
  const staff = await somebody("manager");
  const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...phone });
  await complaints.watch(context);
  const guest = await context.newPage();
  await customer(staff, guest);
  const asked: string[] = [];
  guest.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await guest.goto("/portal/service/new");
  await guest.getByLabel("一句话说明").fill("刀盘多久换一次");
  await guest.getByLabel("具体情况").fill("店里一天磨二十公斤。");
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await expect(guest.getByText(/我们会在 .* 前回复/)).toBeVisible();

  await guest.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await guest.reload();
  await expect(guest.getByText("店里一天磨二十公斤。")).toBeVisible();
  await context.setOffline(true);
  const said = `没有信号时写下的 ${Date.now()}`;
  await guest.getByRole("textbox", { name: "留言" }).fill(said);
  await guest.getByRole("button", { name: "发送", exact: true }).click();
  await expect(guest.getByText("联网后发送")).toBeVisible();
  await guest.reload();
  await expect(guest.getByText(said)).toBeVisible();
  await context.setOffline(false);
  await guest.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(guest.getByText("联网后发送")).toHaveCount(0);
  await expect(guest.getByText(said)).toHaveCount(1);

  // Nothing of the staff's was sent, and neither gets into the other's place.
  expect(asked.filter((path) => path.includes("split_staff"))).toEqual([]);
  await guest.goto("/staff/customers");
  await expect(guest).toHaveURL(/\/portal$/);
  await staff.goto("/portal/me");
  await expect(staff).toHaveURL(/\/staff\/today$/);
  await context.close();
});

test("a customer changes language, look and password, and sees where they are signed in", async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId, somebody }) => {
  const staff = await somebody("manager");
  const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...phone });
  await complaints.watch(context);
  const guest = await context.newPage();
  await customer(staff, guest);
  await guest.getByRole("link", { name: "我的" }).click();
  await expect(guest.getByText("本机")).toBeVisible();
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "修改密码" }).click();
  await guest.getByLabel("现在的密码", { exact: true }).fill("long enough for anybody");
  await guest.getByLabel("新密码", { exact: true }).fill("another one that is long");
  await guest.getByRole("button", { name: "保存密码" }).click();
  await expect(guest.getByText("密码已修改")).toBeVisible();
  await guest.getByRole("radio", { name: "English" }).check();
  await guest.getByRole("radio", { name: "Dark" }).check();
  await expect(guest.getByRole("heading", { name: "Me", level: 1 })).toBeVisible();
  await expect(guest.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "Sign out" }).click();
  await expect(guest).toHaveURL(/\/sign-in/);
  await context.close();
});

/** A red dot. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==", "base64");

test("a customer shows what is broken, staff answer in writing, and what is internal stays so (S152)", async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId, somebody, expectComplaint }, testInfo) => {
  expectComplaint(/status of 415|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const staff = await somebody("manager");
  const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...phone });
  await complaints.watch(context);
  const guest = await context.newPage();
  await customer(staff, guest);
  const attach = (page: Page) => page.getByLabel("添加图片或文件");
  const attachOffline = (page: Page) => page.getByLabel("文件需要联网才能添加");
  const isDrawn = (page: Page) => {
    const picture = page.getByRole("link", { name: "打开图片 现场.png" }).locator("img");
    return expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(5);
  };
  const going = (page: Page) => page.getByRole("list", { name: "附件" }).getByRole("listitem");

  // Two are chosen, one is taken back; a program is not taken, however it is called.
  await guest.goto("/portal/service/new");
  await guest.getByLabel("一句话说明").fill("蒸汽棒滴水");
  await guest.getByLabel("具体情况").fill("看照片。");
  await attach(guest).setInputFiles([
    { name: "现场.png", mimeType: "image/png", buffer: PNG },
    { name: "记录.txt", mimeType: "text/plain", buffer: Buffer.from("早高峰漏了两次") },
  ]);
  await expect(going(guest)).toHaveCount(2);
  await guest.getByRole("button", { name: /移除.*记录\.txt|记录\.txt.*移除/ }).click();
  await expect(going(guest)).toHaveCount(1);
  await attach(guest).setInputFiles({ name: "发票.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\u0000 not a paper") });
  await expect(guest.getByRole("alert").filter({ hasText: "这个文件不是其中之一" })).toBeVisible();
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await expect(guest.getByText("有文件没有传上来，请重试或移除。")).toBeVisible();
  await guest.getByRole("button", { name: /发票\.pdf/ }).last().click();
  // From the disk: 20 MB through the line between test and browser take longer than the test.
  const film = testInfo.outputPath("视频.zip");
  await writeFile(film, Buffer.alloc(20 * 1024 * 1024 + 1));
  await attach(guest).setInputFiles(film);
  await expect(guest.getByText("每个文件最大 20 MB")).toBeVisible();
  await expect(guest.getByLabel("具体情况")).toHaveValue("看照片。");
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "提交", exact: true }).click();
  await isDrawn(guest);
  await expectAccessible(guest);
  const ticket = guest.url().split("/").at(-1) ?? "";

  // Staff see the picture itself, keep a calculation among themselves, and answer with a paper and no words.
  await staff.goto(`/staff/tickets/${ticket}`);
  await isDrawn(staff);
  await staff.getByRole("radio", { name: "内部备注" }).check();
  await attach(staff).setInputFiles({ name: "成本.txt", mimeType: "text/plain", buffer: Buffer.from("进价 12.80") });
  await staff.getByRole("button", { name: "添加备注" }).click();
  const note = staff.getByRole("link", { name: /下载\s*成本\.txt/ });
  await expect(note).toBeVisible();
  await staff.getByRole("radio", { name: "回复客户" }).check();
  await attach(staff).setInputFiles({ name: "报价.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 128.50") });
  await expect(going(staff)).toHaveCount(3);
  await staff.getByRole("button", { name: "发送", exact: true }).click();
  await expect(staff.getByRole("log").getByRole("link", { name: /下载\s*报价\.pdf/ })).toBeVisible();
  await expectAccessible(staff);

  const paper = guest.getByRole("link", { name: /下载\s*报价\.pdf/ });
  const [download] = await Promise.all([guest.waitForEvent("download"), paper.click()]);
  expect(download.suggestedFilename()).toBe("报价.pdf");
  await expect(guest.getByText("成本")).toHaveCount(0);
  const internal = await note.getAttribute("href");
  expect((await staff.request.get(internal ?? "")).status()).toBe(200);
  expect((await guest.request.get(internal ?? "")).status()).toBe(404);

  // Without a line files wait; words do not.
  await context.setOffline(true);
  await guest.getByRole("textbox", { name: "留言" }).fill("好的");
  await expect(attachOffline(guest)).toHaveAttribute("aria-disabled", "true");
  await attachOffline(guest).click({ force: true });
  await expect(guest.locator(".toast").getByText("文件需要联网才能添加")).toBeVisible();
  await expect(guest.getByRole("textbox", { name: "留言" })).toHaveValue("好的");
  await guest.getByRole("button", { name: "发送", exact: true }).click();
  await expect(guest.getByText("联网后发送")).toBeVisible();
  await context.close();
});
