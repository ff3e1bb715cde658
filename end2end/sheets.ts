// Lays the pictures of the screens side by side, a sheet for each device, theme and language.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type FullConfig, chromium } from "@playwright/test";

export default async function sheets(config: FullConfig) {
  const folder = process.env.GUANXI_LOOKS;
  if (!folder || !existsSync(folder)) return;
  const browser = await chromium.launch(config.projects[0]?.use.launchOptions);
  const page = await browser.newPage({ viewport: { width: 2400, height: 1000 } });
  const looks = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of looks) {
    const sheet = resolve(folder, `${name}.html`);
    writeFileSync(sheet, html(name, readdirSync(join(folder, name)).filter((file) => file.endsWith(".png")).sort()));
    await page.goto(pathToFileURL(sheet).href);
    await page.screenshot({ path: resolve(folder, `${name}.png`), fullPage: true });
  }
  await browser.close();
  process.stdout.write(`\n${looks.length} contact sheets in ${resolve(folder)}\n`);
}

function html(look: string, pictures: string[]): string {
  const columns = look.startsWith("phone") ? 8 : 4;
  const figures = pictures.map((file) => `<figure><img src="${look}/${file}"><figcaption>${file.slice(0, -4)}</figcaption></figure>`);
  const style = `body{margin:24px;background:#8a8a8a;font:14px sans-serif}main{display:grid;grid-template-columns:repeat(${columns},1fr);gap:20px}
    figure{margin:0}img{inline-size:100%;display:block}figcaption{padding-block-start:6px}`;
  return `<!doctype html><meta charset="utf-8"><title>${look}</title><style>${style}</style><h1>${look}</h1><main>${figures.join("")}</main>`;
}
