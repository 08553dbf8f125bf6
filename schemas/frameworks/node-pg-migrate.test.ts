import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(nodePgMigrate, { files, variables }, expected);

test("takes the up part, in whatever order the parts stand", () =>
  check(
    {
      "1_a.sql": "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;",
      "2_b.sql": "---- down migration\nSELECT 2;\n---- up migration\nSELECT 1;",
    },
    {
      steps: ["1_a.sql", "2_b.sql"],
      texts: ["\nSELECT 1;\n\n", "\n\n\nSELECT 1;"],
      downs: ["1_a.sql", "2_b.sql"],
      downTexts: ["\n\n\nSELECT 2;", "\nSELECT 2;\n\n"],
    },
  ));

test("takes the whole file when it has no mark", () =>
  check({ "1_a.sql": "SELECT 1;\n" }, { steps: ["1_a.sql"], texts: ["SELECT 1;\n"], downs: [] }));

test("orders by number and reports steps in code", () =>
  check(
    { "10-b.sql": "", "9_a.sql": "", "8_c.js": "" },
    { steps: ["9_a.sql", "10-b.sql"], problems: ["QG209 8_c.js:1"] },
  ));
