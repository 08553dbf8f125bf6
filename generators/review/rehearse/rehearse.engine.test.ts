import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import { indexModel } from "#schemas/model-index.ts";
import { startEngine, type EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { shopModel } from "#test/support/shop.ts";
import type { FoundQuery } from "../query.ts";
import { defaultLimits } from "#schemas/config/rule-limits.ts";
import { createSizes } from "../sizes.ts";
import { NO_SYNTAX } from "../acts/read-syntax.ts";
import type { ReviewedStatement } from "../statement.ts";
import { rehearse, type Rehearsal } from "./rehearse.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir });
});
afterAll(async () => {
  await engine.close();
});
beforeEach(async () => {
  await engine.exec("reset all; drop schema if exists public cascade; create schema public");
  await engine.exec("create table orders (id bigint primary key, status text)");
});

const path = "migrations/0002_change.sql";

function reviewed(sql: string): readonly ReviewedStatement[] {
  return splitStatements({ path, text: sql }).statements.map((statement) => ({
    file: { path, text: sql, version: "0002", transaction: "file" },
    statement,
    acts: [],
    alone: false,
    inTransaction: true,
    held: new Map(),
    hasLockTimeout: false,
    settings: new Map<string, string | null>(),
    syntax: NO_SYNTAX,
    isWrapped: true,
    notValidYet: new Set(),
  }));
}

async function run(sql: string, steps: readonly string[], queries: readonly FoundQuery[] = []): Promise<Rehearsal> {
  const statements = reviewed(sql);
  const [first] = statements;
  const plans = new Map(first && steps.length > 0 ? [[first, { title: "another way", steps }]] : []);
  const model = indexModel(shopModel());
  const scene = {
    base: model,
    head: model,
    changes: [],
    sizes: createSizes(undefined, 1),
    family: () => [],
    engineMajor: 18,
    limits: defaultLimits,
    hasDownParts: false,
    statementsOf: () => [],
  };
  return rehearse({ engine, parser: await loadParser(), scene, statements, plans, queries });
}

/** The lock modes of each step, when the plan was proven. */
const modes = ({ proven }: Rehearsal): readonly (readonly string[])[] | undefined =>
  [...proven.values()][0]?.map(({ measured }) => measured.locks.map(({ mode }) => mode));

describe("rehearse", () => {
  const direct = "ALTER TABLE orders ALTER COLUMN status SET NOT NULL";

  it("measures each step of a plan that leads to the same schema", async () => {
    const steps = [
      "ALTER TABLE orders ADD CONSTRAINT given CHECK (status IS NOT NULL) NOT VALID",
      "ALTER TABLE orders VALIDATE CONSTRAINT given",
      direct,
      "ALTER TABLE orders DROP CONSTRAINT given",
    ];
    expect(modes(await run(direct, steps))).toEqual([
      ["AccessExclusiveLock"],
      ["ShareUpdateExclusiveLock"],
      ["AccessExclusiveLock"],
      ["AccessExclusiveLock"],
    ]);
  });

  it.each([
    ["leads to another schema", ["ALTER TABLE orders ADD CONSTRAINT given CHECK (status IS NOT NULL)"]],
    ["fails", ["ALTER TABLE orders ALTER COLUMN state SET NOT NULL"]],
    ["fails half way", [direct, "ALTER TABLE orders DROP CONSTRAINT nothing_of_this_name"]],
  ])("offers no plan that %s, and applies the statement itself", async (_, steps) => {
    expect(modes(await run(direct, steps))).toBeUndefined();
    const { rows } = await engine.query(
      "select attnotnull as required from pg_attribute where attrelid = 'orders'::regclass and attname = 'status'",
    );
    expect(rows).toEqual([{ required: true }]);
  });

  it("tells which statement breaks a query, and not the queries that were broken before", async () => {
    const query = (id: string, sql: string): FoundQuery => {
      const file = `queries/${id}.sql`;
      return { source: { kind: "saved", id, title: id }, sql, origin: { file, line: 2, column: 1 } };
    };
    const queries = [
      query("by-status", "SELECT id,\n  status FROM orders"),
      query("all", "SELECT id FROM orders"),
      query("old", "SELECT state FROM orders"),
    ];
    const sql = "ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders RENAME COLUMN status TO state;";
    const { changes } = await run(sql, [], queries);
    const broken = changes.flatMap((change) =>
      change.kind === "broken" ? [[change.query.origin.file, change.statement.statement.index, change.line]] : [],
    );
    expect(broken).toEqual([["queries/by-status.sql", 1, 3]]);
  });

  it("tells which statement changes what a query returns", async () => {
    const origin = { file: "queries/ids.sql", line: 1, column: 1 };
    const query: FoundQuery = { source: { kind: "file" }, sql: "SELECT id, status FROM orders", origin };
    const sql = "ALTER TABLE orders ADD COLUMN note text; ALTER TABLE orders ALTER COLUMN id TYPE text;";
    const { changes } = await run(sql, [], [query]);
    expect(changes).toMatchObject([
      { kind: "result", before: ["bigint", "text"], after: ["text", "text"], statement: { statement: { index: 1 } } },
    ]);
  });
});
