import { defineConfig } from "vitest/config";

const shared = { testTimeout: 120_000, hookTimeout: 120_000, setupFiles: ["./test/support/property-seed.ts"] };
/** `scripts/test.ts` runs the projects beside each other, each with a report of its own. */
const half = process.env["QUERYGENIE_TEST_PART"];
const part = half === undefined ? "" : `-${half}`;
const rooms = "{schemas,generators,action,app,site,test,bench,scripts}";

// One engine takes a third of a gigabyte, so the projects whose tests boot one run their files one at a time.
export default defineConfig({
  test: {
    reporters: [
      "default",
      "./scripts/skipped-reporter.ts",
      // .ci/run takes its closing line from here.
      ...(process.env["CI"] === "true" ? [["json", { outputFile: `.cache/test-results${part}.json` }] as const] : []),
    ],
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [`${rooms}/**/*.test.ts`],
          exclude: ["**/*.{engine,live,browser}.test.ts", "**/node_modules/**"],
        },
      },
      {
        test: { ...shared, name: "engine", include: [`${rooms}/**/*.engine.test.ts`], fileParallelism: false },
      },
      {
        // Real servers and browsers.
        test: { ...shared, name: "servers", include: [`${rooms}/**/*.{live,browser}.test.ts`], fileParallelism: false },
      },
    ],
  },
});
