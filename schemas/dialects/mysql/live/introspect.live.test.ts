import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mariadbTarget } from "#test/support/live-targets.ts";
import { hasMariadb, startMariadb, type MariadbServer } from "#test/support/mariadb.ts";
import { plainModel } from "#test/support/plain-model.ts";
import { diffModels } from "../../../diff/diff-models.ts";
import type { SchemaModel } from "../../../model.ts";
import { splitStatements } from "../../../languages/sql/mysql/split.ts";
import type { LiveModel } from "../../live-reader.ts";
import { openLive } from "../../live-readers.ts";
import { mysqlFacts, type MysqlVersion } from "../facts.ts";
import { liveCases } from "../live-cases.ts";
import { readMysqlModel } from "../read-mysql-model.ts";

const isMissing = !hasMariadb();
const why = isMissing ? " (not run: no mariadbd is installed)" : "";

describe.skipIf(isMissing)(`a schema on a running MariaDB${why}`, () => {
  let server: MariadbServer;
  let version: MysqlVersion;
  let count = 0;
  beforeAll(async () => {
    server = await startMariadb();
    version = { engine: "mariadb", version: /^[\d.]+/.exec(server.version)?.[0] ?? "" };
  });
  afterAll(async () => {
    await server?.stop();
  });

  function create(sql: string): string {
    const database = `shop_live_${++count}`;
    server.run("", [`create database ${database}`]);
    const { runs } = mysqlFacts(version);
    const { statements } = splitStatements({ path: "shop.sql", text: sql }, { runs });
    const refused = server.run(database, statements.map(({ text }) => text));
    expect([...refused.values()]).toEqual([]);
    return database;
  }

  async function read(database: string): Promise<LiveModel> {
    const live = await openLive(mariadbTarget(server.socket, database));
    try {
      return await live.readModel();
    } finally {
      await live.close();
    }
  }

  const committed = (sql: string): SchemaModel =>
    readMysqlModel([{ path: "shop.sql", text: sql, version: "1", transaction: "none" }], version).model;

  it.each(liveCases)("gives the model that its file gives: $name", async ({ sql }) => {
    const own = committed(sql);
    const { problems, alignedWith } = await read(create(sql));
    expect(problems).toEqual([]);
    expect(plainModel(alignedWith(own))).toEqual(plainModel(own));
    expect(diffModels(own, alignedWith(own))).toEqual([]);
  });
});
