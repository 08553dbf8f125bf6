import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { hasura } from "./hasura.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(hasura, { files, variables }, expected);

test("orders folders and older files together by number", () =>
  check(
    {
      "1767312000000_b/up.sql": "",
      "1767225600000_a.up.sql": "",
      "1767225600000_a.down.sql": "",
      "1767225600000_a.up.yaml": "",
    },
    { steps: ["1767225600000_a.up.sql", "1767312000000_b/up.sql"], downs: ["1767225600000_a.down.sql"] },
  ));

test("reports a script that is no migration", () =>
  check({ "1_a/up.sql": "", "seed.sql": "" }, { steps: ["1_a/up.sql"], problems: ["QG210 seed.sql:1"] }));
