import type { Reporter, TestModule, Vitest } from "vitest/node";

/** What a kind of test needs that a machine may lack, and how to get it. The first that fits the file's name counts. */
const needs: readonly { readonly files: RegExp; readonly what: string }[] = [
  { files: /\.browser\.test\.ts$/, what: "need Chromium: apt-get install -y chromium, or CHROMIUM_PATH=/path/to/it" },
  { files: /\.live\.test\.ts$/, what: "need a database server: its URL as the test's first lines say" },
  {
    files: /^scripts\/package\./,
    what: "install the packed package, two minutes and a registry: npm run test:package",
  },
  { files: /./, what: "need real repositories beside this one, which are not part of it" },
];

/** Says at the end, plainly, which tests were left out and what would let them run. */
export default class SkippedReporter implements Reporter {
  /** True when the reader chose the tests by name; what is left out then is no news. */
  #isChosen = false;

  onInit({ config }: Vitest): void {
    this.#isChosen = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isChosen) return;
    const lines = skippedLines(
      modules.map((module) => ({
        file: module.relativeModuleId,
        skipped: [...module.children.allTests("skipped")].length,
      })),
    );
    for (const line of lines) console.log(line);
  }
}

/** One line for each thing that was missing; none when every test ran. */
export function skippedLines(modules: readonly { readonly file: string; readonly skipped: number }[]): string[] {
  const lines: string[] = [];
  const left = modules.filter(({ skipped }) => skipped > 0);
  for (const { files, what } of needs) {
    const own = left.filter(({ file }) => needs.find((need) => need.files.test(file))?.files === files);
    const count = own.reduce((sum, { skipped }) => sum + skipped, 0);
    const names = own.map(({ file }) => file).sort();
    if (count > 0)
      lines.push(`Not run: ${count} ${count === 1 ? "test" : "tests"} that ${what} (${names.join(", ")}).`);
  }
  return lines;
}
