import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../languages/decode.ts";
import { splitBatches } from "../../languages/sql/mssql/batches.ts";
import { readBatch } from "../../languages/sql/mssql/read-batch.ts";
import type { Statement } from "../../languages/sql/mssql/statement.ts";
import type { SchemaModel } from "../../model.ts";
import type { MigrationFile } from "../../source.ts";
import { readMssqlModel } from "./read-mssql-model.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus");

function files(glob: string): readonly MigrationFile[] {
  return globSync(glob, { cwd: corpus })
    .toSorted()
    .map((path) => {
      const { value } = decodeText(readFileSync(join(corpus, path)), path);
      return { path, version: path, transaction: "none", text: value ?? "" };
    });
}

const TABLE_KINDS: ReadonlySet<string> = new Set([
  "create table",
  "alter table",
  "create index",
  "drop index",
  "alter index",
]);

/** Table-level statements of scripts: those read whole, and those not read or read with a clause left out. */
function understood(scripts: readonly MigrationFile[]): { readonly read: number; readonly lost: number } {
  let read = 0;
  let lost = 0;
  const walk = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "block") walk(statement.statements);
      else if (statement.kind === "if") walk([...statement.branch, ...statement.otherwise]);
      else if (statement.kind === "while") walk(statement.body);
      else if (statement.kind === "unread") lost++;
      else if (TABLE_KINDS.has(statement.kind) || (statement.kind === "drop" && statement.what === "table")) read++;
    }
  };
  for (const file of scripts) {
    const { text, batches } = splitBatches(file);
    for (const { tokens } of batches) {
      const { statements, clauses } = readBatch(text, tokens);
      walk(statements);
      lost += clauses.length;
      read -= clauses.length;
    }
  }
  return { read, lost };
}

const folders = [
  { glob: "bitwarden/util/**/*.sql", tables: 61, fewest: 500, problems: 0 },
  // Only a part of that project's files is here: three foreign keys point at tables of other files.
  { glob: "bitwarden/src/**/*.sql", tables: 30, fewest: 60, problems: 3 },
  { glob: "exceptional/DBScripts/*.sql", tables: 1, fewest: 6, problems: 0 },
  { glob: "chinook/ChinookDatabase/DataSources/*SqlServer*", tables: 11, fewest: 30, problems: 0 },
  { glob: "quartz/database/tables/tables_sqlServer.sql", tables: 11, fewest: 60, problems: 0 },
];

describe.skipIf(!existsSync(corpus))("T-SQL of real projects", () => {
  it.each(folders)("understands the table statements of $glob", ({ glob, tables, fewest, problems }) => {
    const scripts = files(glob);
    const { read, lost } = understood(scripts);
    expect(read / (read + lost)).toBeGreaterThanOrEqual(0.99);
    expect(read).toBeGreaterThanOrEqual(fewest);
    const result = readMssqlModel(scripts);
    expect([result.model.tables.length, result.problems.length]).toEqual([tables, problems]);
  });

  it("reads the same tables from a history and from the folder of its objects", () => {
    const history = tableFacts(readMssqlModel(files("bitwarden/util/**/*.sql")).model);
    const folder = tableFacts(readMssqlModel(files("bitwarden/src/**/*.sql")).model);
    const differences = [...folder].flatMap(([table, facts]) => {
      const other = history.get(table) ?? [];
      return [
        ...facts.filter((fact) => !other.includes(fact)).map((fact) => `folder: ${table} ${fact}`),
        ...other.filter((fact) => !facts.includes(fact)).map((fact) => `history: ${table} ${fact}`),
      ];
    });
    expect(differences).toEqual([]);
    expect(folder.size).toBe(30);
  });

  it("reads the same views from both, where the folder has all they read", () => {
    const history = new Map(
      readMssqlModel(files("bitwarden/util/**/*.sql")).model.views.map((view) => [view.id, view]),
    );
    const folder = readMssqlModel(files("bitwarden/src/**/*.sql")).model.views;
    const differences = folder.flatMap((view) =>
      view.columns.flatMap((column) => {
        // A star gives a table's columns in its own order, which a history and a folder have not in common.
        const other = history.get(view.id)?.columns.find(({ name }) => name === column.name);
        return column.type.raw === "unknown" || other?.type.raw === column.type.raw
          ? []
          : [`${view.id}.${column.name}`];
      }),
    );
    expect(differences).toEqual([]);
  });
});

function tableFacts({ tables }: SchemaModel): ReadonlyMap<string, readonly string[]> {
  return new Map(
    tables.map((table) => [
      table.id,
      [
        ...table.columns.map(({ name, type, nullable, default: value, identity, generated }) =>
          JSON.stringify([name, type, nullable, value, identity, generated]),
        ),
        ...table.constraints.map(({ name, definition, validated }) => `${name} ${definition} ${validated}`),
        ...table.indexes.map(({ definition, primary }) => `${definition} ${primary}`),
      ],
    ]),
  );
}
