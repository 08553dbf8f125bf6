import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { drizzle } from "./drizzle.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(drizzle, { files }, expected);
const journal = (...tags: readonly string[]): string =>
  JSON.stringify({ version: "7", dialect: "postgresql", entries: tags.map((tag, idx) => ({ idx, tag })) });

test("takes the order of the journal's entries, not of the names", () =>
  check(
    { "meta/_journal.json": journal("0001_b", "0000_a"), "0000_a.sql": "", "0001_b.sql": "" },
    { steps: ["0001_b.sql all", "0000_a.sql all"] },
  ));

test("reports a file that the journal does not name", () =>
  check(
    { "meta/_journal.json": journal("0000_a"), "0000_a.sql": "", "0001_lost.sql": "" },
    { steps: ["0000_a.sql all"], problems: ["QG210 0001_lost.sql:1"] },
  ));

test("reports an entry whose file is missing", () =>
  check(
    { "meta/_journal.json": journal("0000_a", "0001_b"), "0000_a.sql": "" },
    { steps: ["0000_a.sql all"], problems: ["QG216 meta/_journal.json:1"] },
  ));

test("reports a journal that is cut, and calls no file an orphan for it", () =>
  check(
    { "meta/_journal.json": '{"version": "7", "entr', "0000_a.sql": "" },
    { steps: [], problems: ["QG216 meta/_journal.json:1"] },
  ));

test("reads folders with a snapshot when there is no journal", () =>
  check(
    {
      "20260102000000_b/migration.sql": "",
      "20260102000000_b/snapshot.json": "{}",
      "20260101000000_a/migration.sql": "",
      "20260101000000_a/snapshot.json": "{}",
    },
    { steps: ["20260101000000_a/migration.sql all", "20260102000000_b/migration.sql all"] },
  ));
