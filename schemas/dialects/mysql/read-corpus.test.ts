import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMysqlModel } from "./read-mysql-model.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus");

/** Every MySQL source of the corpus: tables it makes in the end, and statements. */
const sources = [
  { glob: "authelia/internal/storage/migrations/mysql/*.up.sql", tables: 25, statements: 213 },
  { glob: "chinook/ChinookDatabase/DataSources/*MySql*", tables: 11, statements: 60 },
  { glob: "mediawiki/**/mysql/**/*.sql", tables: 58, statements: 206 },
  { glob: "memos/store/migration/mysql/LATEST.sql", tables: 11, statements: 13 },
  { glob: "phpipam/db/SCHEMA.sql", tables: 48, statements: 118 },
  { glob: "quartz/database/tables/tables_mysql_innodb.sql", tables: 11, statements: 32 },
  { glob: "uaa/**/db/mysql/*.sql", tables: 15, statements: 179 },
  { glob: "unkey/pkg/mysql/schema/*.sql", tables: 48, statements: 100 },
];

describe.skipIf(!existsSync(corpus))("real MySQL sources", () => {
  it.each(sources)("understands all of $glob", ({ glob, ...expected }) => {
    const paths = globSync(glob, { cwd: corpus }).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    const files = paths.map((path) => ({
      path,
      text: readFileSync(join(corpus, path), "utf8"),
      version: path,
      transaction: "none" as const,
    }));
    const { model, problems, statements } = readMysqlModel(files, { engine: "mysql", version: "8.4" });
    expect(problems).toEqual([]);
    expect({ tables: model.tables.length, statements: statements.applied }).toEqual(expected);
    expect(model.complete).toBe(true);
  });
});
