// Says where the time went: the ten slowest stories, after the list.
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Slowest implements Reporter {
  private readonly took: { title: string; seconds: number }[] = [];

  onTestEnd(test: TestCase, result: TestResult) {
    const title = test.titlePath().filter(Boolean).join(" › ");
    this.took.push({ title, seconds: result.duration / 1000 });
  }

  onEnd() {
    this.took.sort((one, other) => other.seconds - one.seconds);
    const lines = this.took.slice(0, 10).map(({ title, seconds }) => `  ${seconds.toFixed(1).padStart(6)} s  ${title}`);
    process.stdout.write(`\nThe slowest stories:\n${lines.join("\n")}\n`);
  }

  printsToStdio() {
    return false;
  }
}
