import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { popx } from "./popx.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(popx, { files, variables }, expected);

test("prefers the engine's own file and leaves out those of others", () =>
  check(
    {
      "1_a.up.sql": "",
      "1_a.postgres.up.sql": "",
      "1_a.mysql.up.sql": "",
      "2_b.sqlite3.up.sql": "",
      "3_c.all.up.sql": "",
    },
    { steps: ["1_a.postgres.up.sql", "3_c.all.up.sql"] },
  ));

test("leaves the transaction when the name says .autocommit", () =>
  check(
    { "1_a.autocommit.up.sql": "", "2_b.postgres.autocommit.up.sql": "", "3_c.up.sql": "" },
    { steps: ["1_a.autocommit.up.sql none", "2_b.postgres.autocommit.up.sql none", "3_c.up.sql"] },
  ));

test("compares versions as text", () =>
  check({ "9_b.up.sql": "", "10_a.up.sql": "" }, { steps: ["10_a.up.sql", "9_b.up.sql"] }));

test("reports a step in fizz", () =>
  check({ "1_a.up.fizz": "", "2_b.up.sql": "" }, { steps: ["2_b.up.sql"], problems: ["QG209 1_a.up.fizz:1"] }));

test("fills Go's templates from the variables", () =>
  check(
    { "1_a.up.sql": 'CREATE SCHEMA {{ index .Options "Namespace" }};' },
    { steps: ["1_a.up.sql"], texts: ["CREATE SCHEMA auth;"] },
    { Namespace: "auth" },
  ));
