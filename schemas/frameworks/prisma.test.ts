import { expect, test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { listFiles } from "./listing.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";
import { prisma } from "./prisma.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(prisma, { files }, expected);

test("orders by folder name, whatever number it starts with", () =>
  check(
    { "02_b/migration.sql": "", "01_a/migration.sql": "" },
    { steps: ["01_a/migration.sql", "02_b/migration.sql"] },
  ));

test("reports a data step in TypeScript between the SQL ones", () =>
  check(
    { "01_a/migration.sql": "", "02_fill/migration.ts": "" },
    { steps: ["01_a/migration.sql"], problems: ["QG209 02_fill/migration.ts:1"] },
  ));

test("reports SQL that Prisma never reads", () =>
  check(
    { "01_a/migration.sql": "", "02_b/other.sql": "", "loose.sql": "" },
    { steps: ["01_a/migration.sql"], problems: ["QG210 02_b/other.sql:1", "QG210 loose.sql:1"] },
  ));

async function checkDetect(files: FrameworkCase["files"], expected: unknown): Promise<void> {
  const listing = await listFiles(memoryWorkspace(files), { fileMegabytes: 1 });
  expect(await prisma.detect("", listing)).toEqual(expected);
}

test.each([
  ["postgresql", "postgres"],
  ["mysql", "mysql"],
  ["sqlserver", "mssql"],
  ["mongodb", "mongodb"],
])("takes the engine from the lock file: %s", (provider, engine) =>
  checkDetect({ "migration_lock.toml": `# provider = "sqlite"\nprovider = "${provider}"`, "01_a/migration.sql": "" }, [
    expect.objectContaining({ engine, score: 100 }),
  ]),
);

test("is less sure without the lock file", () =>
  checkDetect({ "01_a/migration.sql": "" }, [expect.objectContaining({ score: 40 })]));

test("leaves folders with Drizzle's snapshots to Drizzle", () =>
  checkDetect({ "01_a/migration.sql": "", "01_a/snapshot.json": "{}" }, []));
