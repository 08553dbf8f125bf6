import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDdl } from "#schemas/dialects/ddl-writers.ts";
import { readMssqlModel } from "#schemas/dialects/mssql/read-mssql-model.ts";
import { translateModel } from "#schemas/dialects/translate/translate-model.ts";
import { queryTranslator } from "#schemas/dialects/translate/translate-query.ts";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { serve } from "./serve.ts";
import type { RunningServer } from "./server.ts";

const SHOP = `create table dbo.Customers (Id int identity primary key, Name nvarchar(80) not null);
create table dbo.Orders (Id int identity primary key, Customer int not null references dbo.Customers (Id));
`;
let siteDir: string;
let server: RunningServer;

beforeAll(async () => {
  siteDir = await mkdtemp(join(tmpdir(), "querygenie-translated-"));
  await writeFile(join(siteDir, "index.html"), "<p>The shop</p>");
  const { model } = readMssqlModel([{ path: "shop.sql", text: SHOP, version: "1", transaction: "none" }]);
  const { statements } = writeDdl(translateModel(model).model);
  const text = statements.map((sql) => `${sql};\n`).join("");
  server = await serve({
    port: 0,
    siteDir,
    database: {
      files: [{ path: "translated.sql", text, version: "1", transaction: "none" }],
      fixturesSql: "insert into dbo.\"Customers\" (\"Name\") values ('Ann'), ('Bob');",
      cacheDir: testCacheDir,
      limits: { timeoutMs: 60_000 },
      translated: { dialect: "mssql", from: "SQL Server", translate: queryTranslator(model) },
    },
  });
});
afterAll(async () => {
  await server.close();
  await rm(siteDir, { recursive: true });
});

const ask = (sql: string): Promise<Response> =>
  fetch(`${server.url}api/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sql }),
  });

test("the playground of a SQL Server project answers its own SQL, and says what answers", async () => {
  const answer = await ask("select top (1) [Name] from dbo.Customers order by [Id] desc");
  expect(await answer.json()).toMatchObject({ columns: [{ name: "Name" }], rows: [["Bob"]] });
  expect(await (await fetch(`${server.url}api/connections`)).json()).toMatchObject([
    { label: "PostgreSQL, embedded, translated from SQL Server, with the committed fixtures" },
  ]);
});

test("a query that has no exact translation is refused with what it lacks", async () => {
  const answer = await ask("select convert(varchar(10), getdate(), 126)");
  expect({ ok: answer.ok, body: JSON.stringify(await answer.json()) }).toMatchObject({
    ok: false,
    body: expect.stringContaining("QG727"),
  });
});
