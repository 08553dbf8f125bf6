import { expect, test } from "vitest";
import { skippedLines } from "./skipped-reporter.ts";

test.each([
  ["says nothing when every test ran", [{ file: "schemas/orders.test.ts", skipped: 0 }], []],
  [
    "names what is missing once, with its files",
    [
      { file: "site/orders.browser.test.ts", skipped: 3 },
      { file: "site/cart.browser.test.ts", skipped: 1 },
    ],
    [
      "Not run: 4 tests that need Chromium: apt-get install -y chromium, or CHROMIUM_PATH=/path/to/it (site/cart.browser.test.ts, site/orders.browser.test.ts).",
    ],
  ],
  [
    "takes the most particular need of a file",
    [{ file: "scripts/package.engine.test.ts", skipped: 2 }],
    [
      "Not run: 2 tests that install the packed package, two minutes and a registry: npm run test:package (scripts/package.engine.test.ts).",
    ],
  ],
] as const)("%s", (_, modules, expected) => {
  expect(skippedLines(modules)).toEqual(expected);
});
