// Every page, in both languages and both themes, on a desk and on a phone: nothing that a person could not use.
import { expect, expectAccessible, phone, test } from "../fixtures";

const pages = [
  "/staff/today",
  "/staff/customers",
  "/staff/customers?new=1",
  "/staff/tickets?view=pending",
  "/staff/tickets?new=1",
  "/staff/team",
  "/staff/settings",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const [locale, device] of [["zh-CN", {}], ["en-GB", phone]] as const) {
    test(`staff pages can be used by everybody: ${colorScheme}, ${locale}`, async ({ somebody }) => {
      const page = await somebody("admin", { colorScheme, ...device });
      if (locale !== "zh-CN") {
        await page.evaluate(() => localStorage.setItem("guanxi.language", "en"));
      }
      for (const address of pages) {
        await page.goto(address);
        await expect(page.getByRole("main")).toBeVisible();
        await expect(page.getByText(/已同步|Synced/).first()).toBeAttached();
        await expectAccessible(page);
      }
      await page.goto("/staff/customers");
      await page.getByRole("row").nth(2).click();
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expectAccessible(page);
      await page.goto("/staff/tickets?view=pending");
      await page.locator("tr.table-row").first().click();
      await expect(page.getByRole("log")).toBeVisible();
      await expectAccessible(page);
    });
  }
}
