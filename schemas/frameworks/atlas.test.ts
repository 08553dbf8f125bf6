import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { atlas } from "./atlas.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(atlas, { files, variables }, expected);

test("starts from the latest checkpoint", () =>
  check(
    {
      "1_a.sql": "",
      "2_b.sql": "-- atlas:checkpoint\n\nSELECT 1;",
      "3_c.sql": "",
      "4_d.sql": "-- atlas:checkpoint v4\n",
      "5_e.sql": "",
    },
    { steps: ["4_d.sql", "5_e.sql"] },
  ));

test("takes a directive in the comments at the top only", () =>
  check(
    {
      "1_a.sql": "",
      "2_b.sql": "SELECT 1;\n-- atlas:checkpoint\n-- atlas:txmode none",
      "3_c.sql": "-- atlas:txmode none\n\nVACUUM;",
    },
    { steps: ["1_a.sql", "2_b.sql", "3_c.sql none"] },
  ));

test("turns a delimiter of the file's own into semicolons and keeps the lines", () =>
  check(
    { "1_a.sql": "-- atlas:delimiter \\n\\n\n\nSELECT 1\n\nSELECT 2" },
    { steps: ["1_a.sql"], texts: [";\n\nSELECT 1;\n\nSELECT 2"] },
  ));

test("takes the migration out of an archive with checks", () =>
  check(
    {
      "1_a.sql":
        "-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n-- migration.sql --\nSELECT 2;\n-- down.sql --\nSELECT 3;",
    },
    { steps: ["1_a.sql"], texts: ["\n\n\n\n\nSELECT 2;\n\n"], downs: ["1_a.sql"] },
  ));
