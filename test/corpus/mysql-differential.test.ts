import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMysqlModel } from "#schemas/dialects/mysql/read-mysql-model.ts";
import { splitStatements } from "#schemas/languages/sql/mysql/split.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";

/** What we use of node-sql-parser's tree of a CREATE TABLE. */
interface PeerTable {
  readonly keyword?: string;
  readonly create_definitions?: readonly PeerDefinition[];
}
interface PeerDefinition {
  readonly resource: string;
  readonly constraint_type?: string;
  readonly column?: { readonly column: string | { readonly expr: { readonly value: string } } };
  /** Of a column its type, of a key its columns. */
  readonly definition: { readonly dataType?: string } | readonly PeerColumn[];
  readonly nullable?: { readonly type: string };
  readonly primary_key?: string;
  readonly auto_increment?: string;
}
interface PeerColumn {
  readonly column: string | { readonly expr: { readonly value: string } };
}
/** The module of one dialect: the whole package takes a second to load. */
const require = createRequire(import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Of its module we state the part that we use.
const { Parser } = require("node-sql-parser/build/mysql.js") as {
  readonly Parser: new () => { astify(sql: string, options: { readonly database: string }): PeerTable | PeerTable[] };
};

const globs = [
  "authelia/internal/storage/migrations/mysql/*.up.sql",
  "chinook/ChinookDatabase/DataSources/*MySql*",
  "mediawiki/**/mysql/**/*.sql",
  "memos/store/migration/mysql/LATEST.sql",
  "phpipam/db/SCHEMA.sql",
  "quartz/database/tables/tables_mysql_innodb.sql",
  "uaa/**/db/mysql/*.sql",
  "unkey/pkg/mysql/schema/*.sql",
];

const nameOf = ({ column }: PeerColumn): string => (typeof column === "string" ? column : column.expr.value);

/** A line a column: its name, whether it must have a value, whether it counts. */
function peerColumns(definitions: readonly PeerDefinition[]): readonly string[] {
  const keys = new Set(
    definitions.flatMap(({ constraint_type: type, definition }) =>
      /primary/i.test(type ?? "") && Array.isArray(definition)
        ? definition.map((one: PeerColumn) => nameOf(one).toLowerCase())
        : [],
    ),
  );
  return definitions.flatMap(({ resource, column, definition, nullable, primary_key: key, auto_increment: counts }) => {
    if (resource !== "column" || !column) return [];
    const name = nameOf(column);
    const isSerial = "dataType" in definition && /serial/i.test(definition.dataType ?? "");
    const isRequired = nullable?.type === "not null" || key !== undefined || keys.has(name.toLowerCase()) || isSerial;
    return [`${name}${isRequired ? " not null" : ""}${counts === undefined ? "" : " counts"}`];
  });
}

function ourColumns(sql: string): readonly string[] {
  const file = { path: "a.sql", version: "1", transaction: "none", text: `${sql};` } as const;
  const { tables } = readMysqlModel([file], { engine: "mysql", version: "8.4" }).model;
  return tables.flatMap(({ columns }) =>
    columns.map(({ name, nullable, identity }) => `${name}${nullable ? "" : " not null"}${identity ? " counts" : ""}`),
  );
}

/** How many tables that parser accepts of these scripts, and what it and we say otherwise. */
function compare(paths: readonly string[]): { readonly accepted: number; readonly different: readonly unknown[] } {
  const parser = new Parser();
  const different: unknown[] = [];
  let accepted = 0;
  for (const path of paths) {
    const text = readFileSync(path, "utf8");
    for (const { text: sql } of splitStatements({ path, text }, { runs: () => true }).statements) {
      const tree = treeOf(parser, sql);
      if (tree?.keyword !== "table" || !tree.create_definitions) continue;
      accepted++;
      const [ours, theirs] = [ourColumns(sql), peerColumns(tree.create_definitions)];
      if (ours.join() !== theirs.join()) different.push({ path, ours, theirs });
    }
  }
  return { accepted, different };
}

describe("CREATE TABLE of MySQL, against node-sql-parser", () => {
  test("gives the same columns for our own hard scripts, wherever that parser accepts the statement", () => {
    const folder = join(import.meta.dirname, "../../schemas/dialects/mysql/__fixtures__/hard");
    const { accepted, different } = compare(["old-style.sql", "modern.sql"].map((name) => join(folder, name)));
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThanOrEqual(5);
  });

  test.skipIf(!hasCorpus)("gives the same columns for real projects", () => {
    const paths = globs
      .flatMap((glob) => globSync(glob, { cwd: corpusFolder }))
      .map((path) => join(corpusFolder, path));
    const { accepted, different } = compare(paths);
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThan(200);
  });
});

/** Null for what the peer refuses, and for what is no table. */
function treeOf(parser: InstanceType<typeof Parser>, sql: string): PeerTable | null {
  if (!/^create\s+table/i.test(sql)) return null;
  try {
    const tree = parser.astify(sql, { database: "mysql" });
    return Array.isArray(tree) ? (tree[0] ?? null) : tree;
  } catch {
    // It accepts 83 of 100 of these; what it refuses says nothing of us.
    return null;
  }
}
