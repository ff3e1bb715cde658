// What every story has: people who sign in through the real form, and a browser whose every complaint fails the story.
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";

export { expect };

/** As in the demonstration: `sales`, `service`, `admin`, … */
export type Role = string;

interface Fixtures {
  /** Lets a complaint pass that the story is about, such as a network that is gone. */
  expectComplaint: (about: RegExp) => void;
  /** Somebody with a browser of their own, signed in; `phone` for whoever comes with one. */
  somebody: (role: Role, options?: BrowserContextOptions) => Promise<Page>;
  complaints: Complaints;
}

/** A phone in one hand. */
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      await complaints.watch(context);
      await use(complaints);
      expect(complaints.unexpected(), "the browser complained").toEqual([]);
    },
    { auto: true },
  ],

  expectComplaint: async ({ complaints }, use) => {
    await use((about) => complaints.expected.push(about));
  },

  somebody: async ({ browser, complaints, contextOptions, baseURL, locale, timezoneId }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role, options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...options });
      contexts.push(context);
      await complaints.watch(context);
      const page = await context.newPage();
      await signIn(page, role);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Errors in the console, errors nobody caught, and what the content-security policy stopped. */
export class Complaints {
  readonly expected: RegExp[] = [];
  private readonly heard: string[] = [];

  async watch(context: BrowserContext) {
    context.on("console", (message) => {
      if (message.type() === "error") this.heard.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.heard.push(`uncaught: ${error.error()}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`stopped by the policy: ${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
  }

  unexpected(): string[] {
    return this.heard.filter((complaint) => !this.expected.some((about) => about.test(complaint)));
  }
}

interface DemoAccount {
  role: Role;
  name: string;
  who: string;
  password: string;
}

/** An account of the demonstration, as the entry page shows them. */
export async function demoAccount(page: Page, role: Role): Promise<DemoAccount> {
  const door = await (await page.request.get("/auth/state")).json();
  const accounts: DemoAccount[] = door.demo ?? [];
  const account = accounts.find((one) => one.role === role);
  if (!account) throw new Error(`no demo account is ${role}; there are: ${accounts.map((one) => one.role).join(", ") || "none"}`);
  return account;
}

/** Opens the entry page, fills the form in as a person would, and waits until they are inside. */
export async function signIn(page: Page, role: Role): Promise<DemoAccount> {
  const account = await demoAccount(page, role);
  await page.goto("/");
  await page.getByLabel("邮箱或手机号", { exact: true }).fill(account.who);
  await page.getByLabel("密码", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByLabel("密码", { exact: true })).toHaveCount(0);
  await expect(page.getByRole("main")).toBeVisible();
  return account;
}

/** Writes a ticket down as somebody at the telephone would; leaves it open beside the queue. */
export async function writeDown(page: Page, subject: string, kind = "投诉", assignee?: string) {
  await page.goto("/staff/tickets");
  await expect(page.getByText("已同步")).toBeVisible();
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "新建工单" });
  await form.getByRole("searchbox").fill("书店");
  await form.getByRole("listitem").getByRole("button").first().click();
  await form.getByRole("radio", { name: kind }).check();
  await form.getByLabel("事由").fill(subject);
  if (assignee) await form.getByLabel("处理人").selectOption({ label: assignee });
  await form.getByLabel("客户怎么说").fill("昨天刚换上，今早又响了。");
  await form.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByRole("heading", { name: subject, level: 2 })).toBeVisible();
}

/** What a person with a screen reader, a keyboard or poor sight could not use, and where. */
export async function barriers(page: Page): Promise<string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  // At its end nothing of a page lies under a bar that floats; in the middle something always does, for a moment.
  const before = await page.evaluate(() => window.scrollY);
  const scroll = (top: number) => page.evaluate((top) => window.scrollTo({ top, behavior: "instant" }), top);
  await scroll(1_000_000);
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  await scroll(before);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
}

/** Fails where somebody is shut out. */
export async function expectAccessible(page: Page) {
  expect(await barriers(page), `not accessible at ${page.url()}`).toEqual([]);
}
