import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { versionedUp } from "./versioned-up.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(versionedUp, { files }, expected);

test("orders by file name and keeps the down part with its step", () =>
  check(
    { "V0002.B.up.sql": "", "V0001.A.up.sql": "-- only a comment\n", "V0001.A.down.sql": "" },
    { steps: ["V0001.A.up.sql", "V0002.B.up.sql"], downs: ["V0001.A.down.sql"] },
  ));

test("reports a script with another name", () =>
  check({ "V0001.A.up.sql": "", "extra.sql": "" }, { steps: ["V0001.A.up.sql"], problems: ["QG210 extra.sql:1"] }));
