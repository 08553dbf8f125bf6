import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { numbered } from "./numbered.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(numbered, { files }, expected);

test("orders by number, then by name", () =>
  check(
    { "00010-c.sql": "", "0002_b.sql": "", "1.sql": "", "20260101120000_d.sql": "" },
    { steps: ["1.sql", "0002_b.sql", "00010-c.sql", "20260101120000_d.sql"] },
  ));

test("orders dates with a number of the day, and sees no repetition in them", () =>
  check(
    { "2026-01-31_10_c.sql": "", "2026-01-31_9_b.sql": "", "2026-01-05_a.sql": "" },
    { steps: ["2026-01-05_a.sql", "2026-01-31_9_b.sql", "2026-01-31_10_c.sql"] },
  ));

test("reports a number that two files share", () =>
  check({ "0002_b.sql": "", "2_c.sql": "" }, { steps: ["0002_b.sql", "2_c.sql"], problems: ["QG215 2_c.sql:1"] }));

test("keeps a rollback with its step", () =>
  check(
    { "1_a.sql": "", "1_a.down.sql": "", "2_b.sql": "", "2_b.rollback.sql": "" },
    { steps: ["1_a.sql", "2_b.sql"], downs: ["1_a.down.sql", "2_b.rollback.sql"] },
  ));

test("leaves out files for another engine", () =>
  check({ "1_a.sql": "", "2_b_mysql.sql": "", "2_b_postgres.sql": "" }, { steps: ["1_a.sql", "2_b_postgres.sql"] }));

test("reports what has no number and what is code", () =>
  check(
    { "1_a.sql": "", "2_b.ts": "", "helpers.ts": "", "seed.sql": "" },
    { steps: ["1_a.sql"], problems: ["QG209 2_b.ts:1", "QG210 seed.sql:1"] },
  ));

test.each([
  ["migrations", ["1_a.sql"], 1],
  ["steps", ["1_a.sql"], 0],
  ["steps", ["1_a.sql", "2_b.sql"], 1],
  ["0.22", ["00__a.sql", "01__b.sql"], 0],
  ["steps", ["a.sql", "b.sql"], 0],
])("finds in the folder %s with %j so many histories: %i", async (folder, names, count) => {
  const files = Object.fromEntries(names.map((name) => [`${folder}/${name}`, ""]));
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  expect(await numbered.detect(folder, listing)).toHaveLength(count);
});
