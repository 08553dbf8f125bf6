import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMssqlModel } from "#schemas/dialects/mssql/read-mssql-model.ts";
import { decodeText } from "#schemas/languages/decode.ts";
import { splitBatches } from "#schemas/languages/sql/mssql/batches.ts";
import { readBatch } from "#schemas/languages/sql/mssql/read-batch.ts";
import type { Statement } from "#schemas/languages/sql/mssql/statement.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";

/** What we use of polyglot's tree of a CREATE TABLE. */
interface PeerTable {
  readonly columns: readonly {
    readonly name: { readonly name: string };
    readonly nullable: boolean | null;
    readonly primary_key: boolean;
    readonly auto_increment: boolean;
    readonly constraints: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly constraints: readonly {
    readonly PrimaryKey?: { readonly columns: readonly { readonly name: string }[] };
    readonly ForeignKey?: {
      readonly columns: readonly { readonly name: string }[];
      readonly references: { readonly table: { readonly name: { readonly name: string } } };
    };
  }[];
}
interface Peer {
  parse(
    sql: string,
    dialect: "tsql",
  ): { readonly success: boolean; readonly ast: readonly { readonly create_table?: PeerTable }[] | null };
}

/** Null where the package is not installed. */
async function loadPeer(): Promise<Peer | null> {
  try {
    const require = createRequire(import.meta.url);
    const found: unknown = require("@polyglot-sql/sdk");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Of its module we state the part that we use.
    const loaded = found as Peer & { init(): Promise<void> };
    await loaded.init();
    return loaded;
  } catch {
    return null;
  }
}
const peer = await loadPeer();

const hard = join(import.meta.dirname, "../../schemas/dialects/mssql/__fixtures__/hard");
const globs = [
  "bitwarden/util/**/*.sql",
  "bitwarden/src/**/*.sql",
  "chinook/ChinookDatabase/DataSources/*SqlServer*",
  "quartz/database/tables/tables_sqlServer.sql",
  "exceptional/DBScripts/*.sql",
];

/** A name in a key, which that parser gives with its direction. */
const bare = (name: string): string => name.replace(/ (?:ASC|DESC)$/i, "");

/** A line a column (its name, whether it must have a value, whether it counts), and a line a foreign key. */
function peerFacts({ columns, constraints }: PeerTable): readonly string[] {
  const keys = new Set(
    constraints.flatMap(({ PrimaryKey }) => (PrimaryKey?.columns ?? []).map(({ name }) => bare(name).toLowerCase())),
  );
  return [
    ...columns.map(({ name: { name }, nullable, primary_key: isKey, auto_increment: counts, constraints: own }) => {
      // Whether a computed column can be NULL follows from its expression.
      if (own.some((one) => "ComputedColumn" in one)) return `${name} computed`;
      const isRequired = nullable === false || isKey || keys.has(name.toLowerCase());
      return `${name}${isRequired ? " not null" : ""}${counts ? " counts" : ""}`;
    }),
    ...constraints.flatMap(({ ForeignKey: key }) =>
      key ? [`(${key.columns.map(({ name }) => bare(name)).join(", ")}) -> ${key.references.table.name.name}`] : [],
    ),
  ];
}

function ourFacts(sql: string): readonly string[] {
  const types = "CREATE TYPE dbo.Flag FROM bit NOT NULL;\nGO\n";
  const file = { path: "a.sql", version: "1", transaction: "none", text: `${types}${sql}` } as const;
  return readMssqlModel([file]).model.tables.flatMap(({ columns, constraints }) => [
    ...columns.map(({ name, nullable, identity, generated }) => {
      if (generated && !generated.expression.startsWith("ROW ")) return `${name} computed`;
      return `${name}${nullable ? "" : " not null"}${identity ? " counts" : ""}`;
    }),
    ...constraints.flatMap((one) => {
      if (one.kind !== "foreign key" || one.columns.length === 0) return [];
      const table = one.references.table.split(".").at(-1)?.replaceAll('"', "") ?? "";
      return [`(${one.columns.join(", ")}) -> ${table}`];
    }),
  ]);
}

/** The text of each CREATE TABLE of a script, guarded or not. */
function tablesOf(path: string): readonly string[] {
  const { value: text } = decodeText(readFileSync(path), path);
  const split = splitBatches({ path, text: text ?? "" });
  const found: string[] = [];
  const walk = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "block") walk(statement.statements);
      else if (statement.kind === "if") walk([...statement.branch, ...statement.otherwise]);
      // Temporary tables are no part of a schema.
      else if (statement.kind === "create table" && statement.end !== undefined && !statement.name.name.startsWith("#"))
        found.push(split.text.slice(statement.at, statement.end));
    }
  };
  for (const { tokens } of split.batches) walk(readBatch(split.text, tokens).statements);
  return found;
}

/** Tables that both read, and what they say otherwise. */
function compare(paths: readonly string[]): { readonly accepted: number; readonly different: readonly unknown[] } {
  const different: unknown[] = [];
  let accepted = 0;
  for (const path of paths) {
    for (const sql of tablesOf(path)) {
      const answer = peer?.parse(sql, "tsql");
      const tree = answer?.success === true ? answer.ast?.[0]?.create_table : undefined;
      if (!tree) continue;
      accepted++;
      const [ours, theirs] = [ourFacts(sql).toSorted(), peerFacts(tree).toSorted()];
      if (ours.join("\n") !== theirs.join("\n")) different.push({ path, sql, ours, theirs });
    }
  }
  return { accepted, different };
}

describe.skipIf(peer === null)("CREATE TABLE of T-SQL, against polyglot", () => {
  test("gives the same columns and foreign keys for our own hard scripts", () => {
    const { accepted, different } = compare(["old-style.sql", "modern.sql"].map((name) => join(hard, name)));
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThanOrEqual(5);
  });

  test.skipIf(!hasCorpus)("gives the same columns and foreign keys for real projects", () => {
    const paths = globs
      .flatMap((glob) => globSync(glob, { cwd: corpusFolder }))
      .map((path) => join(corpusFolder, path));
    const { accepted, different } = compare(paths);
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThan(100);
  });
});
