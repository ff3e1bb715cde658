// How a browser's figures are taken: one at a time, on the program that `cargo xtask bench` measures.
import stories from "./playwright.config";

export default {
  ...stories,
  testDir: "figures",
  globalTeardown: undefined,
  reporter: [["dot"]],
  workers: 1,
  projects: [{ name: "figures" }],
  timeout: 900_000,
};
