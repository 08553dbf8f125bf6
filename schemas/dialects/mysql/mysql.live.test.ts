import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { catalogFacts, modelFacts, type Facts } from "#test/support/mysql-facts.ts";
import { splitStatements } from "../../languages/sql/mysql/split.ts";
import type { MigrationFile } from "../../source.ts";
import { mysqlFacts } from "./facts.ts";
import { liveCases } from "./live-cases.ts";
import { readMysqlModel } from "./read-mysql-model.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const VERSION = { engine: "mariadb", version: "10.11" } as const;

/** Histories and scripts, with how many statements MariaDB itself refuses: data for other tables, MySQL 8 only forms. */
const folders = [
  { glob: "authelia/internal/storage/migrations/mysql/*.up.sql", mostRefused: 5 },
  { glob: "chinook/ChinookDatabase/DataSources/*MySql*", mostRefused: 0 },
  { glob: "mediawiki/**/mysql/**/*.sql", mostRefused: 0 },
  { glob: "memos/store/migration/mysql/LATEST.sql", mostRefused: 0 },
  { glob: "phpipam/db/SCHEMA.sql", mostRefused: 0 },
  { glob: "quartz/database/tables/tables_mysql_innodb.sql", mostRefused: 0 },
  { glob: "uaa/**/db/mysql/*.sql", mostRefused: 5 },
  { glob: "unkey/pkg/mysql/schema/*.sql", mostRefused: 5 },
];

describe.skipIf(!hasMariadb())("a schema read by rule, against MariaDB's own catalog", () => {
  let server: MariadbServer;
  let count = 0;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(async () => {
    await server?.stop();
  });

  /** Runs scripts, reads the statements that the server accepted, and compares; returns what it refused. */
  function check(files: readonly MigrationFile[]): readonly string[] {
    const database = `shop_${++count}`;
    server.run("", [`create database ${database}`]);
    const { runs } = mysqlFacts(VERSION);
    const statements = files.flatMap((file) => splitStatements(file, { runs }).statements);
    const isElsewhere = (text: string): boolean => /^(?:use|create database|drop database)\b/i.test(text);
    const own = statements.filter(({ text }) => !isElsewhere(text));
    const refused = server.run(database, ["set foreign_key_checks = 0", ...own.map(({ text }) => text)]);
    const accepted = own.filter((_, index) => !refused.has(index + 1));
    const { model } = readMysqlModel(
      accepted.map(({ text, span }) => ({ path: span.file, version: "", transaction: "none", text: whole(text) })),
      VERSION,
    );
    const catalog = catalogFacts(server, database);
    const ours = modelFacts(model, "latin1_swedish_ci");
    expect({ refused: [...refused.values()], ...difference(catalog, ours) }).toEqual({
      refused: expect.anything(),
      onlyInCatalog: [],
      onlyInModel: [],
    });
    expect(catalog.length).toBeGreaterThan(0);
    return [...refused.values()];
  }

  it.each(liveCases)("$name", ({ sql }) => {
    expect(check([{ path: "shop.sql", text: sql, version: "1", transaction: "none" }])).toEqual([]);
  });

  it.each([
    ["old-style.sql", 3],
    ["mariadb.sql", 3],
    ["modern.sql", 40],
  ] as const)("of a script with all that its time could declare: %s", (name, mostRefused) => {
    const text = forMariadb(readFileSync(join(import.meta.dirname, "__fixtures__/hard", name), "utf8"));
    const refused = check([{ path: name, text, version: "1", transaction: "none" }]);
    expect(refused.length).toBeLessThanOrEqual(mostRefused);
  });

  describe.skipIf(!existsSync(corpus))("of real projects", () => {
    it.each(folders)("$glob", ({ glob, mostRefused }) => {
      const paths = globSync(glob, { cwd: corpus }).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      const files = paths.map((path) => ({
        path,
        text: forMariadb(readFileSync(join(corpus, path), "utf8")),
        version: path,
        transaction: "none" as const,
      }));
      expect(check(files).length).toBeLessThanOrEqual(mostRefused);
    });
  });
});

/** A body without BEGIN keeps its semicolons when a file holds nothing else. */
const whole = (text: string): string => `DELIMITER //statement//\n${text}\n//statement//\n`;

/** Lines of one side only. The type of a view's expression is the server's to say: we say that it is unknown. */
function difference(catalog: Facts, ours: Facts): { readonly onlyInCatalog: Facts; readonly onlyInModel: Facts } {
  const inCatalog = new Set(catalog);
  const inModel = new Set(ours);
  const untyped = new Set(ours.filter((one) => one.endsWith(" | unknown")).map(withoutType));
  const isUntyped = (one: string): boolean => one.startsWith("view column") && untyped.has(withoutType(one));
  return {
    onlyInCatalog: catalog.filter((one) => !inModel.has(one) && !isUntyped(one)),
    onlyInModel: ours.filter((one) => !inCatalog.has(one) && !isUntyped(one)),
  };
}

const withoutType = (line: string): string => line.slice(0, line.lastIndexOf(" | "));

/** Collations that only MySQL 8 has, by the nearest that MariaDB has, and no parser that it lacks. */
const forMariadb = (text: string): string =>
  text.replaceAll(/utf8mb4_0900_\w+/g, "utf8mb4_bin").replaceAll(/WITH PARSER `?ngram`?/g, "");
