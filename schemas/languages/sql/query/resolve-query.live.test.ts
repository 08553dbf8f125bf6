import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMysqlModel } from "../../../dialects/mysql/read-mysql-model.ts";
import { madeQuery, numbers, withWrongName } from "#test/support/made-queries.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { QUERY_TABLES, WRITTEN_QUERIES } from "#test/support/query-cases.ts";
import { resolveQuery } from "./resolve-query.ts";

const file = { path: "trial.sql", version: "1", transaction: "none" as const };
const { model } = readMysqlModel([{ ...file, text: `CREATE DATABASE trial; USE trial; ${QUERY_TABLES}` }], {
  engine: "mariadb",
  version: "10.11",
});

const CHANGE = /^(?:INSERT|UPDATE|DELETE)/;

describe.skipIf(!hasMariadb())("queries that MariaDB prepares", () => {
  let server: MariadbServer;
  let refusedTables: readonly string[];
  beforeAll(async () => {
    server = await startMariadb();
    const made = QUERY_TABLES.split(";\n").filter((text) => text.trim() !== "");
    refusedTables = [...server.run("mysql", ["CREATE DATABASE trial", "USE trial", ...made]).values()];
  });
  afterAll(async () => {
    await server.stop();
  });

  /** Queries of which one says yes and the other no. */
  function differences(queries: readonly string[]): readonly string[] {
    const quoted = (sql: string): string => `'${sql.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
    // A change of rows is prepared without a look at all of its names, so it runs, on empty tables, and is undone.
    const tried = queries.flatMap((sql) =>
      CHANGE.test(sql) ? ["START TRANSACTION", sql, "ROLLBACK"] : ["DO 0", `PREPARE one FROM ${quoted(sql)}`, "DO 0"],
    );
    const refused = server.run("trial", tried);
    return queries.flatMap((sql, index) => {
      const error = refused.get(3 * index + 1);
      const { problems } = resolveQuery(sql, model);
      if ((error !== undefined) === problems.length > 0) return [];
      const ours = problems.map(({ message }) => message).join("; ") || "accepts it";
      return [`${sql}\n  MariaDB: ${error ?? "accepts it"}\n  resolver: ${ours}`];
    });
  }

  it("ask tables that it has", () => {
    expect(refusedTables).toEqual([]);
  });

  it("are those that the resolver accepts: written ones", () => {
    expect(differences(WRITTEN_QUERIES)).toEqual([]);
  });

  it("are those that the resolver accepts: written ones with a wrong name", () => {
    const next = numbers(7);
    const wrong = Array.from({ length: 10 }, () => WRITTEN_QUERIES.map((sql) => withWrongName(sql, next))).flat();
    expect(differences(wrong)).toEqual([]);
  });

  it("are those that the resolver accepts: made ones", () => {
    const next = numbers(11);
    expect(differences(Array.from({ length: 1500 }, () => madeQuery(next)))).toEqual([]);
  });

  it("are those that the resolver accepts: made ones with a wrong name", () => {
    const next = numbers(13);
    expect(differences(Array.from({ length: 1500 }, () => withWrongName(madeQuery(next), next)))).toEqual([]);
  });
});
