import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { emptyEngine } from "../empty-engine.ts";
import { measureMigrations } from "../measure-migrations.ts";
import { startEngine, type EmbeddedEngine } from "../pglite-engine.ts";
import { presumeObjects } from "./presume-objects.ts";

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startEngine({ cacheDir: testCacheDir, extensions: ["pg_trgm", "btree_gist"] });
});
afterAll(async () => {
  await engine.close();
});

interface Seen {
  /** What failed although everything was presumed. */
  readonly problems: readonly string[];
  /** Statements of which a scan or a rewrite was measured. */
  readonly scans: number;
  readonly rewrites: number;
}

async function check(sql: string, expected: Partial<Seen>): Promise<void> {
  const file = { path: "lone.sql", text: sql, version: "lone.sql", transaction: "none" as const };
  await emptyEngine(engine);
  const presumed = await presumeObjects([file], engine, { timeoutMs: 5000 });
  const { files, problems } = await measureMigrations(presumed ? [presumed] : [], [file], { on: engine });
  const measured = files.flatMap(({ statements }) => statements.flatMap(({ measurement }) => measurement ?? []));
  const seen: Seen = {
    problems: problems.map(({ message }) => message),
    scans: measured.filter(({ scans }) => scans.length > 0).length,
    rewrites: measured.filter(({ rewrites }) => rewrites.length > 0).length,
  };
  expect({ ...seen, ...expected }).toEqual(seen);
}

const quiet: Seen = { problems: [], scans: 0, rewrites: 0 };

describe("presumeObjects", () => {
  it.each([
    ["a table and a column", "ALTER TABLE orders ALTER COLUMN status SET NOT NULL", { scans: 1 }],
    ["a table that IF EXISTS would pass over", "ALTER TABLE IF EXISTS orders ADD COLUMN total serial", { rewrites: 1 }],
    ["a table in a schema of its own", "ALTER TABLE sales.orders ADD COLUMN note text", quiet],
    [
      "both ends of a foreign key",
      "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id)",
      { scans: 1 },
    ],
    ["a key over two columns", "ALTER TABLE a ADD FOREIGN KEY (x, y) REFERENCES b (u, v) NOT VALID", quiet],
    ["a referenced primary key", "CREATE TABLE lines (order_id int REFERENCES orders)", quiet],
    [
      "the types that a check compares with",
      "ALTER TABLE orders ADD CHECK (total > 0 AND paid AND state IN ('a'))",
      { scans: 1 },
    ],
    ["a narrower number before a wider one", "ALTER TABLE orders ALTER COLUMN id TYPE bigint", { rewrites: 1 }],
    ["a limited text before an unlimited one", "ALTER TABLE orders ALTER COLUMN note TYPE text", quiet],
    ["what a DO block changes", "DO $$ BEGIN ALTER TABLE orders ALTER COLUMN id TYPE bigint; END $$", { rewrites: 1 }],
    ["an operator class of an extension", "CREATE INDEX i ON orders USING gin (note gin_trgm_ops)", { scans: 1 }],
    ["an index and its table", "DROP INDEX orders_status_idx", quiet],
    [
      "the index of a key, over columns that are NOT NULL",
      "ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_idx",
      quiet,
    ],
    ["a constraint that is to be checked", "ALTER TABLE orders VALIDATE CONSTRAINT positive", { scans: 1 }],
    ["a trigger", "ALTER TABLE orders DISABLE TRIGGER audit", quiet],
    [
      "a function of a trigger",
      "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION audit()",
      quiet,
    ],
    [
      "a function of a default, which may be volatile",
      "ALTER TABLE orders ADD COLUMN code int DEFAULT next_code()",
      { rewrites: 1 },
    ],
    ["an enum and the label that a default names", "ALTER TABLE orders ADD COLUMN s order_state DEFAULT 'open'", quiet],
    ["an enum and its labels", "ALTER TYPE state ADD VALUE 'sent' AFTER 'paid'", quiet],
    [
      "a partitioned parent and the table to attach",
      "ALTER TABLE e ATTACH PARTITION e1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
      { scans: 1 },
    ],
    ["a partition to detach", "ALTER TABLE e DETACH PARTITION e1 CONCURRENTLY", quiet],
    ["a materialized view", "REFRESH MATERIALIZED VIEW CONCURRENTLY totals", { problems: [] }],
    ["a role that does the work", "SET ROLE app; ALTER TABLE orders ADD COLUMN note text;", quiet],
    ["a schema on the search path", "SET search_path TO app; ALTER TABLE orders ADD COLUMN note text;", quiet],
    [
      "an exclusion of overlapping times",
      "ALTER TABLE r ADD EXCLUDE USING gist (room WITH =, during WITH &&)",
      { scans: 1 },
    ],
    [
      "the columns of rows that are inserted",
      "INSERT INTO orders (id, note) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = excluded.note",
      { problems: [] },
    ],
    ["a table that is locked", "BEGIN; LOCK TABLE orders; COMMIT;", quiet],
  ] as const)("makes %s", async (_, sql, expected) => check(sql, expected));

  it("does not make what the file itself has dropped", () =>
    check("DROP TABLE orders; ALTER TABLE orders ADD COLUMN note text;", {
      problems: ['relation "orders" does not exist'],
    }));

  it("makes no column of a table that the file makes", () =>
    check("CREATE TABLE orders (id int); ALTER TABLE orders DROP COLUMN note;", {
      problems: ['column "note" of relation "orders" does not exist'],
    }));
});
