import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mysqlFacts } from "#schemas/dialects/mysql/facts.ts";
import { splitStatements } from "#schemas/languages/sql/mysql/split.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { pageBlocks, type PageBlock } from "#test/support/rule-page.ts";
import { rules } from "./registry.ts";

const { runs } = mysqlFacts({ engine: "mariadb", version: "10.11" });
const statementsOf = (text: string): readonly string[] =>
  splitStatements({ path: "page.sql", text }, { runs }).statements.map((statement) => statement.text);

describe.skipIf(!hasMariadb())("the SQL of the pages on MariaDB", () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(async () => {
    await server.stop();
  });

  const cases = rules.flatMap(({ id }) =>
    pageBlocks(id)
      .filter(({ dialect, role }) => dialect === "mysql" && (role === "bad" || role === "good"))
      .map((block): [string, PageBlock] => [id, block]),
  );

  it.each(cases.filter(([, block]) => block.isMysqlOnly !== true))("runs that of %s: $1.sql", (id, block) => {
    const setup = pageBlocks(id)
      .filter(({ role, dialect }) => role === "setup" && dialect === "mysql")
      .flatMap(({ sql }) => statementsOf(sql));
    const fresh = ["DROP DATABASE IF EXISTS page", "CREATE DATABASE page", "USE page"];
    const failed = server.run("mysql", [...fresh, ...setup, ...statementsOf(block.sql)]);
    const anyFailure = expect.arrayContaining([expect.any(String)]);
    expect([...failed.values()]).toEqual(block.fails === true ? anyFailure : []);
  });
});
