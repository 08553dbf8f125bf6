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
    const refused = server.run(
      database,
      statements.map(({ text }) => text),
    );
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

  it("tells every kind of drift, and nothing that is only spelled differently", async () => {
    const sql = `create table orders (id int primary key, total decimal(9,2) not null default 0, state varchar(9),
        shown varchar(30) as (concat(lower(state), upper(substring(state, 2)), mid(state, 1, 2))), size int as (char_length(state) % 2 + length(state) + ceiling(total)),
        constraint sane check (total >= 0 and (state = 'open' or state = 'paid')), key by_state (state));
      create view paid as select * from orders where state = 'paid';
      create trigger upper_state before insert on orders for each row set new.state = lower(new.state);`;
    const database = create(sql);
    const own = committed(sql);
    const changes = async (statement: string): Promise<readonly string[]> => {
      expect([...server.run(database, [statement]).values()]).toEqual([]);
      const { alignedWith } = await read(database);
      return diffModels(own, alignedWith(own))
        .map(({ kind, object, id }) => `${kind} ${object} ${id}`)
        .sort();
    };
    expect(await changes("select 1")).toEqual([]);
    expect(
      await changes(
        "alter table orders drop constraint sane, add constraint sane check ((total >= 0 and state = 'open') or state = 'paid')",
      ),
    ).toEqual(["changed check main.orders.sane"]);
    // A view of all columns shows the new type too.
    expect(await changes("alter table orders add column note text, modify state varchar(12)")).toEqual([
      "added column main.orders.note",
      "changed check main.orders.sane",
      "changed column main.orders.state",
      "changed column main.paid.state",
    ]);
  });
});
