import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { diesel } from "./diesel.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(diesel, { files, variables }, expected);

test("orders folders by version and keeps how each is undone", () =>
  check(
    { "2026-01-02-000000_b/up.sql": "", "20260101000000_a/up.sql": "", "20260101000000_a/down.sql": "" },
    { steps: ["20260101000000_a/up.sql", "2026-01-02-000000_b/up.sql"], downs: ["20260101000000_a/down.sql"] },
  ));

test("leaves the transaction when the folder's metadata says so", () =>
  check(
    {
      "1_a/up.sql": "",
      "1_a/metadata.toml": "run_in_transaction = false\n",
      "2_b/up.sql": "",
      "2_b/metadata.toml": "",
    },
    { steps: ["1_a/up.sql none", "2_b/up.sql"] },
  ));

test("ignores hidden folders and folders without a version, and reports loose scripts", () =>
  check(
    { "1_a/up.sql": "", ".2_b/up.sql": "", "helpers/up.sql": "", "3_c.sql": "" },
    { steps: ["1_a/up.sql"], problems: ["QG210 3_c.sql:1"] },
  ));
