// Every screen, on a desk and on a phone, in both themes and both languages: nothing that a person could not use.
// With GUANXI_LOOKS every combination is looked at, and a picture of it stays in that folder.
import { mkdirSync } from "node:fs";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { barriers, expect, phone, type Role, test } from "../fixtures";

interface Screen {
  name: string;
  open: (page: Page) => Promise<void>;
  /** Without a picture of its own. */
  plain?: boolean;
}

const at = (address: string) => (page: Page) => page.goto(address).then(() => undefined);

/** The customer who comes first in the demonstration; `view` is what of the record a phone shows. */
const record = (view = "") => async (page: Page) => {
  await page.goto("/staff/customers?q=拾禾餐饮");
  await page.getByRole("row").nth(1).click();
  await expect(page.getByRole("heading", { level: 1, name: "拾禾餐饮" })).toBeVisible();
  if (view) await page.goto(`${page.url()}?view=${view}`);
};

const ticket = async (page: Page) => {
  await page.goto("/staff/tickets?view=pending");
  await page.locator("tr.table-row").nth(1).click();
  await expect(page.getByRole("log")).toBeVisible();
};

const request = async (page: Page) => {
  await page.goto("/portal/service");
  await page.locator("main a[href*='/portal/service/']:not([href$=new])").first().click();
  await expect(page.locator(".letters")).toBeVisible();
};

const question = async (page: Page) => {
  await page.goto("/portal");
  await page.locator(".scores").scrollIntoViewIfNeeded();
};

const redeeming = async (page: Page) => {
  await page.goto("/portal/points");
  await page.locator(".rewards button:enabled").first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
};

/** What the rules of the form would do. */
const preview = async (page: Page) => {
  await page.goto("/staff/settings");
  await page.getByRole("button", { name: /^(预览影响|Preview)$/ }).click();
  await expect(page.getByRole("dialog").getByRole("list")).not.toHaveCount(0);
};

/** As far as its last button, which the tabs do not cover. */
const account = async (page: Page) => {
  await page.goto("/portal/me");
  await page.getByRole("button", { name: /^(退出|Sign out)/ }).last().focus();
};

/** Whose screens these are. */
const screens: Record<Role, Screen[]> = {
  nobody: [{ name: "staff-sign-in", open: at("/sign-in") }],
  sales: [
    { name: "staff-today", open: at("/staff/today") },
    { name: "staff-customers", open: at("/staff/customers") },
    { name: "staff-record", open: record() },
    { name: "staff-timeline", open: record("feed") },
    { name: "new customer", open: at("/staff/customers?new=1"), plain: true },
  ],
  service: [
    { name: "staff-queue", open: at("/staff/tickets?view=pending") },
    { name: "staff-ticket", open: ticket },
    { name: "new ticket", open: at("/staff/tickets?new=1"), plain: true },
  ],
  admin: [
    { name: "staff-settings", open: at("/staff/settings") },
    { name: "staff-preview", open: preview },
    { name: "people", open: at("/staff/team"), plain: true },
  ],
  manager: [
    { name: "manager-satisfaction", open: at("/manager/satisfaction") },
    { name: "manager-narrowed", open: at("/manager/satisfaction?touch=support&by=person") },
    { name: "manager-imports", open: at("/manager/imports") },
  ],
  customer: [
    { name: "portal-home", open: at("/portal") },
    { name: "portal-points", open: at("/portal/points") },
    { name: "portal-redeem", open: redeeming },
    { name: "portal-service", open: at("/portal/service") },
    { name: "portal-ticket", open: request },
    { name: "portal-question", open: question },
    { name: "account", open: account, plain: true },
    { name: "new request", open: at("/portal/service/new"), plain: true },
  ],
};

const folder = process.env.GUANXI_LOOKS;
const devices: [string, BrowserContextOptions, string[]][] = [
  ["desktop", { viewport: { width: 1440, height: 900 } }, folder ? ["zh", "en"] : ["zh"]],
  ["phone", phone, folder ? ["zh", "en"] : ["en"]],
];

for (const [device, options, languages] of devices) {
  for (const [role, theirs] of Object.entries(screens)) {
    test(`${role}: every screen can be used by everybody on a ${device}`, async ({ somebody, browser, contextOptions, complaints, baseURL, locale, timezoneId }) => {
      test.setTimeout(600_000);
      const look = { reducedMotion: "reduce", ...options } as const;
      let page: Page;
      if (role === "nobody") {
        const context = await browser.newContext({ ...contextOptions, baseURL, locale, timezoneId, ...look });
        await complaints.watch(context);
        page = await context.newPage();
        await page.goto("/sign-in");
      } else {
        page = await somebody(role, look);
      }
      let seen = 0;
      for (const language of languages) {
        await page.evaluate((language) => localStorage.setItem("guanxi.language", language), language);
        for (const theme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: theme });
          for (const screen of theirs) {
            await screen.open(page);
            await settled(page, language);
            expect.soft(await barriers(page), `${screen.name}, ${device}, ${theme}, ${language}`).toEqual([]);
            seen += 1;
            if (folder && !screen.plain) await take(page, `${folder}/${device}-${theme}-${language}`, screen.name);
          }
        }
      }
      if (folder) process.stdout.write(`axe: ${role}, ${device}: ${seen} screens, ${test.info().errors.length} with findings\n`);
    });
  }
}

/** Everything has arrived that the screen shows by itself. */
async function settled(page: Page, language: string) {
  await expect(page.locator("html")).toHaveAttribute("lang", language === "zh" ? /^zh/ : /^en/);
  await expect(page.getByRole("main").or(page.getByRole("dialog")).first()).toBeVisible();
  const staff = page.locator(".sync-status").filter({ hasText: /已同步|Synced/ });
  await expect(staff.or(page.locator(".portal-main > *, .frame-entry, dialog[open]")).first()).toBeAttached();
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

async function take(page: Page, folder: string, name: string) {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled", caret: "hide" });
}
