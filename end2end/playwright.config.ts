// How the stories are run: the Chromium of this machine, two at a time, in Chinese unless a story says otherwise.
import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// `cargo test` names the browser it found or brought; without a name Playwright takes its own.
const usual = "/usr/bin/chromium";
const chromium = process.env.GUANXI_CHROMIUM ?? (existsSync(usual) ? usual : undefined);

// A company with more customers than a device carries; without one its stories are not told.
const large = process.env.GUANXI_LARGE_URL;

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  globalTeardown: "./sheets.ts",
  reporter: [["list"], ["./slowest.ts"]],
  workers: 2,
  // Screens are looked at before stories change what is on them: whoever has answered is not asked again.
  projects: [
    { name: "screens", testMatch: "looks.spec.ts", fullyParallel: true },
    { name: "stories", testIgnore: ["looks.spec.ts", "archive.spec.ts"], dependencies: ["screens"] },
    ...(large ? [{ name: "archive", testMatch: "archive.spec.ts", use: { baseURL: large } }] : []),
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.GUANXI_URL ?? "http://127.0.0.1:3000",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
