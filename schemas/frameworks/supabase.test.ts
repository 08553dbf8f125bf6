import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { supabase } from "./supabase.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(supabase, { files }, expected);

test("orders by file name, as the command lists the folder", () =>
  check(
    { "20260102000000_b.sql": "", "20260101000000_a.sql": "" },
    { steps: ["20260101000000_a.sql", "20260102000000_b.sql"] },
  ));

test("skips the first file when it is the platform's own of before December 2021", () =>
  check({ "20211208235959_init.sql": "", "20220101000000_a.sql": "" }, { steps: ["20220101000000_a.sql"] }));

test("keeps a first file of the same name that is younger", () =>
  check({ "20211209000000_init.sql": "" }, { steps: ["20211209000000_init.sql"] }));

test("keeps an old file of that name that is not the first", () =>
  check(
    { "20200101000000_a.sql": "", "20200102000000_init.sql": "" },
    { steps: ["20200101000000_a.sql", "20200102000000_init.sql"] },
  ));

test("reports a script whose name has no number", () =>
  check({ "1_a.sql": "", "fix.sql": "" }, { steps: ["1_a.sql"], problems: ["QG210 fix.sql:1"] }));

test("reports two files of one version", () =>
  check({ "1_a.sql": "", "1_b.sql": "" }, { steps: ["1_a.sql", "1_b.sql"], problems: ["QG215 1_b.sql:1"] }));
