import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readerOf } from "#schemas/dialects/readers.ts";
import { decodeText } from "#schemas/languages/decode.ts";
import type { Dialect } from "#schemas/model.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { corpusFolder, hasCorpus } from "#test/support/corpus.ts";
import { foldedModel, type FoldedModel } from "#test/support/folded-model.ts";

async function read(dialect: Dialect, path: string): Promise<FoldedModel> {
  const { value } = decodeText(readFileSync(join(corpusFolder, path)), path);
  const file = { path, version: "1", transaction: "none", text: value ?? "" } as const;
  const { model } = await readerOf(dialect).readModel([file], { cacheDir: testCacheDir });
  return foldedModel(model);
}

/** Facts that only one of two models has. */
function differences(postgres: FoldedModel, other: FoldedModel): readonly string[] {
  const tables = [...new Set([...Object.keys(postgres), ...Object.keys(other)])].sort();
  return tables.flatMap((table) => {
    const [left, right] = [postgres[table] ?? [], other[table] ?? []];
    return [
      ...left.filter((fact) => !right.includes(fact)).map((fact) => `${table} without ${fact}`),
      ...right.filter((fact) => !left.includes(fact)).map((fact) => `${table} with ${fact}`),
    ];
  });
}

const KEY = "foreign key schedname,triggername,triggergroup to qrtztriggers schedname,triggername,triggergroup";
const cascades = (table: string): readonly string[] => [
  `${table} without ${KEY}, delete cascade, update restrict`,
  `${table} with ${KEY}, delete restrict, update restrict`,
];
/** What quartz's own scripts say differently, each found in them: MySQL's cascades nowhere. */
const inQuartz = [
  "qrtzfiredtriggers without column isnonconcurrent flag not null",
  "qrtzfiredtriggers with column isnonconcurrent flag",
];
const misfire = "qrtztriggers with index schedname,misfireinstr,nextfiretime,triggerstate";

const sets = [
  {
    folder: "chinook/ChinookDatabase/DataSources",
    tables: 11,
    scripts: { postgres: "Chinook_PostgreSql.sql", mysql: "Chinook_MySql.sql", mssql: "Chinook_SqlServer.sql" },
    exceptions: { mysql: [], mssql: [] },
  },
  {
    folder: "quartz/database/tables",
    tables: 11,
    scripts: { postgres: "tables_postgres.sql", mysql: "tables_mysql_innodb.sql", mssql: "tables_sqlServer.sql" },
    exceptions: {
      mysql: [
        ...cascades("qrtzblobtriggers"),
        ...cascades("qrtzcrontriggers"),
        ...inQuartz,
        ...cascades("qrtzsimpletriggers"),
        ...cascades("qrtzsimproptriggers"),
        misfire,
      ],
      mssql: [`qrtzblobtriggers without ${KEY}, delete cascade, update restrict`, ...inQuartz, misfire],
    },
  },
] as const;

describe.skipIf(!hasCorpus)("one schema written for three databases", () => {
  test.each(sets)("$folder gives one model under the fold", async ({ folder, scripts, tables, exceptions }) => {
    const postgres = await read("postgres", `${folder}/${scripts.postgres}`);
    expect(Object.keys(postgres)).toHaveLength(tables);
    for (const dialect of ["mysql", "mssql"] as const) {
      const other = await read(dialect, `${folder}/${scripts[dialect]}`);
      expect({ dialect, differences: differences(postgres, other) }).toEqual({
        dialect,
        differences: exceptions[dialect],
      });
    }
  });
});
