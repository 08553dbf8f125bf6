import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(postgresMigrations, { files, variables }, expected);

test("orders by number whatever its zeros", () =>
  check({ "00003.sql": "", "0002-b.sql": "", "1_a.sql": "" }, { steps: ["1_a.sql", "0002-b.sql", "00003.sql"] }));

test("leaves the transaction when the comment at the top says so", () =>
  check(
    {
      "1_a.sql": "-- postgres-migrations disable-transaction\nVACUUM;",
      "2_b.sql": "SELECT 1;\n-- postgres-migrations disable-transaction",
    },
    { steps: ["1_a.sql none", "2_b.sql"] },
  ));

test("reports a gap in the numbers, to which steps in code count", () =>
  check(
    { "1_a.sql": "", "2_b.js": "", "4_d.sql": "" },
    { steps: ["1_a.sql", "4_d.sql"], problems: ["QG218 4_d.sql:1", "QG209 2_b.js:1"] },
  ));

test("reports a number that is there twice", () =>
  check(
    { "1_a.sql": "", "01_b.sql": "", "2_c.sql": "" },
    { steps: ["01_b.sql", "1_a.sql", "2_c.sql"], problems: ["QG215 1_a.sql:1"] },
  ));
