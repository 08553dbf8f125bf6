import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { mssqlTarget } from "#test/support/live-targets.ts";
import { mssqlAnswers } from "#test/support/mssql-answers.ts";
import { mssqlCatalog } from "#test/support/mssql-catalog.ts";
import { plainModel } from "#test/support/plain-model.ts";
import { startTdsServer, type TdsServer } from "#test/support/tds-server.ts";
import { diffModels } from "../../../diff/diff-models.ts";
import type { SchemaModel } from "../../../model.ts";
import type { LiveModel } from "../../live-reader.ts";
import { openLive } from "../../live-readers.ts";
import { readMssqlModel } from "../read-mssql-model.ts";
import type { Catalog } from "./catalog.ts";
import { liveCases } from "./live-cases.ts";

const corpus = join(import.meta.dirname, "../../../../../shared/corpus");
const scripts = [
  "chinook/ChinookDatabase/DataSources/Chinook_SqlServer.sql",
  "quartz/database/tables/tables_sqlServer.sql",
];

describe("a schema on a server that speaks TDS", () => {
  let server: TdsServer | undefined;
  afterEach(async () => {
    await server?.close();
  });

  const committed = (text: string): SchemaModel =>
    readMssqlModel([{ path: "shop.sql", text, version: "1", transaction: "none" }]).model;

  async function read(catalog: Catalog): Promise<LiveModel> {
    server = await startTdsServer({
      user: "reader",
      password: "s3cret",
      database: "shop",
      answer: mssqlAnswers(catalog),
    });
    const live = await openLive(mssqlTarget(server.port));
    try {
      return await live.readModel();
    } finally {
      await live.close();
    }
  }

  async function check(text: string): Promise<void> {
    const own = committed(text);
    const { problems, alignedWith } = await read(mssqlCatalog(own));
    expect(problems).toEqual([]);
    expect(plainModel(alignedWith(own))).toEqual(plainModel(own));
    expect(diffModels(own, alignedWith(own))).toEqual([]);
  }

  it.each(liveCases)("gives the model that its file gives: $name", async ({ sql }) => {
    await check(sql);
  });

  it.skipIf(!existsSync(corpus)).each(scripts)("gives the model that its file gives: %s", async (path) => {
    await check(readFileSync(join(corpus, path), "utf8"));
  });

  it("tells drift, and nothing that is only spelled differently", async () => {
    const sql = `CREATE TABLE dbo.orders (id int NOT NULL PRIMARY KEY, state varchar(9) NULL, total money NOT NULL DEFAULT 0,
      CONSTRAINT sane CHECK (total >= 0 AND (state = 'open' OR state = 'paid')))`;
    const own = committed(sql);
    const changes = async (other: string): Promise<readonly string[]> => {
      const { alignedWith } = await read(mssqlCatalog(committed(other)));
      return diffModels(own, alignedWith(own))
        .map(({ kind, object, id }) => `${kind} ${object} ${id}`)
        .sort();
    };
    expect(await changes(sql.replace("(state = 'open' OR state = 'paid')", "[State] IN ('paid', 'open')"))).toEqual([]);
    expect(
      await changes(sql.replace("(state = 'open' OR state = 'paid')", "state = 'open' OR state = 'paid'")),
    ).toEqual(["changed check dbo.orders.sane"]);
    expect(await changes(sql.replace("DEFAULT 0", "DEFAULT 1").replace("varchar(9)", "varchar(12)"))).toEqual([
      "changed column dbo.orders.state",
      "changed column dbo.orders.total",
    ]);
  });

  it("says which module's text is hidden", async () => {
    const catalog = mssqlCatalog(committed(liveCases[1]?.sql ?? ""));
    const modules = catalog.modules.map((module) => ({
      ...module,
      ...(module.name === "cheap" ? { definition: null } : {}),
    }));
    const { model, problems } = await read({ ...catalog, modules });
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'QG710 the text of dbo.cheap of the connection "production" is not shown to its user and is missing',
    ]);
    expect(model.complete).toBe(false);
  });
});
