import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { sqlx } from "./sqlx.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(sqlx, { files }, expected);

test("orders by number and mixes simple files with pairs", () =>
  check(
    { "10_c.sql": "", "9_b.up.sql": "", "9_b.down.sql": "", "1_a.sql": "" },
    { steps: ["1_a.sql", "9_b.up.sql", "10_c.sql"], downs: ["9_b.down.sql"] },
  ));

test("leaves the transaction when the file starts with the marker", () =>
  check(
    { "1_a.sql": "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);", "2_b.sql": "SELECT 1; -- no-transaction" },
    { steps: ["1_a.sql none", "2_b.sql"] },
  ));

test("reports a script whose name has no number", () =>
  check({ "1_a.sql": "", "fix.sql": "" }, { steps: ["1_a.sql"], problems: ["QG210 fix.sql:1"] }));

async function checkDetect(files: FrameworkCase["files"], expected: readonly unknown[]): Promise<void> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  expect(await sqlx.detect("migrations", listing)).toEqual(expected);
}

test("is sure when a file starts with the text that sqlx writes", () =>
  checkDetect({ "migrations/1_a.sql": "-- Add migration script here\n" }, [expect.objectContaining({ score: 70 })]));

test("is likely below a Cargo.toml", () =>
  checkDetect({ "Cargo.toml": "", "migrations/1_a.sql": "" }, [expect.objectContaining({ score: 50 })]));

test("says nothing of numbered files without a sign of Rust", () => checkDetect({ "migrations/1_a.sql": "" }, []));
