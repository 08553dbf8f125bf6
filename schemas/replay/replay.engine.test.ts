import { describe, expect, test } from "vitest";
import { testCacheDir } from "#test/support/cache-dir.ts";
import { memoryStore } from "#test/support/memory-store.ts";
import { shopFiles, shopModel } from "#test/support/shop.ts";
import type { SchemaModel } from "../model.ts";
import { indexModel } from "../model-index.ts";
import type { MigrationFile, TransactionMode } from "../source.ts";
import { embeddedExtensions } from "./extensions.ts";
import { readModel, type ReadModel } from "./read-model.ts";
import type { Replay } from "./replay.ts";

const options = { cacheDir: testCacheDir };

/** Files named 1.sql, 2.sql … from their texts. */
function files(texts: readonly string[], transaction: TransactionMode = "file"): MigrationFile[] {
  return texts.map((text, index) => ({ path: `${index + 1}.sql`, text, version: String(index + 1), transaction }));
}

const read = (texts: readonly string[], transaction: TransactionMode = "file"): Promise<ReadModel> =>
  readModel(files(texts, transaction), options);

const tableIds = ({ model }: { readonly model: SchemaModel }): readonly string[] => model.tables.map(({ id }) => id);

const problemsOf = ({ problems }: ReadModel) =>
  problems.map(({ code, severity, origin }) => `${code} ${severity} ${origin?.file}:${origin?.line}:${origin?.column}`);

/** `created` and `changed` of an object as file:line. */
function originOf(
  model: SchemaModel,
  kind: "table" | "column" | "index" | "foreign key" | "enum" | "view" | "trigger",
  id: string,
) {
  const origin = indexModel(model).find(kind, id)?.origin;
  const place = (ref: { file: string; line: number } | undefined) => (ref ? `${ref.file}:${ref.line}` : "–");
  return `${place(origin?.created)} ${place(origin?.changed)}`;
}

test("a foreign key that is not enforced says so", async () => {
  const { model } = await read([
    "create table customers (id bigint primary key);",
    "create table orders (customer_id bigint constraint placed_by references customers not enforced, also bigint references customers);",
  ]);
  const keys = indexModel(model).referencesFrom("public.orders");
  expect(keys.map(({ foreignKey }) => [foreignKey.name, foreignKey.enforced])).toEqual([
    ["orders_also_fkey", undefined],
    ["placed_by", false],
  ]);
});

test("a COPY of files and programs of the server is skipped, and what follows it runs", async () => {
  const result = await read([
    "create table orders (id bigint);\ncopy orders to program 'touch proof';\ncopy orders from '/etc/passwd';",
    "copy (select 1) to stdout;\nalter table orders add column note text;",
  ]);
  expect(problemsOf(result)).toEqual(["QG211 warning 1.sql:2:1", "QG211 warning 1.sql:3:1", "QG211 warning 2.sql:1:1"]);
  expect(result.model.tables.map(({ columns }) => columns.map(({ name }) => name))).toEqual([["id", "note"]]);
});

describe("a history", () => {
  test("of the shop gives the committed model without a problem", async () => {
    const result = await readModel(shopFiles(), options);
    expect(result.problems).toEqual([]);
    expect(result.statements.failed).toBe(0);
    expect(result.model).toEqual(shopModel());
  });

  test("knows the statement that made each object and the last that changed it", async () => {
    const { model } = await read([
      "create table orders (\n  id bigint primary key,\n  state text\n);\ncreate type status as enum ('open');",
      "do $$ begin execute 'alter table orders add column total numeric'; end $$;\nalter table orders rename column state to status;",
      "alter table orders alter column total type numeric(12, 2);\n\ncreate index orders_total on orders (total);\nalter type status add value 'paid';",
      "alter table orders rename to sales_orders;\ncreate view open_orders as select id from sales_orders;",
      "create or replace view open_orders as select id, total from sales_orders;",
    ]);
    expect(originOf(model, "table", "public.sales_orders")).toBe("1.sql:1 4.sql:1");
    expect(originOf(model, "column", "public.sales_orders.id")).toBe("1.sql:1 –");
    expect(originOf(model, "column", "public.sales_orders.status")).toBe("1.sql:1 2.sql:2");
    expect(originOf(model, "column", "public.sales_orders.total")).toBe("2.sql:1 3.sql:1");
    expect(originOf(model, "index", "public.sales_orders.orders_total")).toBe("3.sql:3 –");
    expect(originOf(model, "enum", "public.status")).toBe("1.sql:5 3.sql:4");
    expect(originOf(model, "view", "public.open_orders")).toBe("4.sql:2 5.sql:1");
  });

  test("forgets what a script rolls back itself", async () => {
    const { model } = await read(
      [
        "create table orders (id int);",
        "begin;\nalter table orders add column total int;\ncreate table carts (id int);\nrollback;",
      ],
      "none",
    );
    expect(tableIds({ model })).toEqual(["public.orders"]);
    expect(originOf(model, "table", "public.orders")).toBe("1.sql:1 –");
  });

  test("is read from the cache the second time, and anew when a byte changes", async () => {
    const store = memoryStore();
    const first = await readModel(files(["create table orders (id int);"]), { ...options, store });
    const again = await readModel(files(["create table orders (id int);"]), {
      store,
      from: "no such archive: starting an engine would fail",
    });
    expect(again).toEqual(first);
    const changed = await readModel(files(["create table orders (id int );"]), { ...options, store });
    expect(changed.model.tables).toHaveLength(1);
    expect(store.size()).toBe(2);
  });
});

describe("a failing statement", () => {
  test("costs itself, and says where and what to do", async () => {
    const result = await read([
      "create table orders (id int);\ncreate table carts (\n  id int,\n  owner citizen\n);\ncreate table refunds (id int);",
    ]);
    expect(tableIds(result)).toEqual(["public.orders", "public.refunds"]);
    expect(problemsOf(result)).toEqual(["QG201 error 1.sql:4:9"]);
    expect(result.problems[0]).toMatchObject({ message: 'type "citizen" does not exist', sqlstate: "42704" });
    expect(result.model.complete).toBe(false);
  });

  test("that is not SQL is pointed at by the parser", async () => {
    const result = await read([
      "create table orders (id int);\ncreate tabel carts (id int);\ncreate table refunds (id int);",
    ]);
    expect(problemsOf(result)).toEqual(["QG202 error 2:8".replace("2:8", "1.sql:2:8")]);
    expect(tableIds(result)).toEqual(["public.orders", "public.refunds"]);
  });

  test.each(["file", "none"] as const)(
    "undoes and repeats nothing around it (transaction: %s)",
    async (transaction) => {
      const { model, problems, statements } = await read(
        ["create table orders (id int);\nselect 1 / 0;\nalter table orders add column total int;"],
        transaction,
      );
      expect(problems.map(({ code }) => code)).toEqual(["QG212"]);
      expect(statements).toEqual({ total: 3, applied: 2, shimmed: 0, failed: 1 });
      expect(originOf(model, "column", "public.orders.id")).toBe("1.sql:1 –");
      expect(originOf(model, "column", "public.orders.total")).toBe("1.sql:3 –");
    },
  );

  test("about rows is a warning and leaves the model complete", async () => {
    const result = await read(["create table orders (id int not null);\ninsert into orders values (null);"]);
    expect(problemsOf(result)).toEqual(["QG212 warning 1.sql:2:1"]);
    expect(result.model.complete).toBe(true);
  });

  test("that never ends is stopped, reported and left out", async () => {
    const result = await readModel(
      files(["create table orders (id int);\ndo $$ begin loop end loop; end $$;\ncreate table carts (id int);"]),
      { ...options, timeoutMs: 3000 },
    );
    expect(problemsOf(result)).toEqual(["QG302 error 1.sql:2:1"]);
    expect(tableIds(result)).toEqual(["public.carts", "public.orders"]);
  });
});

describe("a transaction", () => {
  test("spans the file where the framework says so, so that a temporary table lives until its end", async () => {
    const text = [
      "create temp table moved (id int) on commit drop;",
      "insert into moved values (1);",
      "create table orders as select id from moved;",
    ].join("\n");
    expect(problemsOf(await read([text]))).toEqual([]);
    expect(problemsOf(await read([text], "none"))).toEqual(["QG212 warning 1.sql:2:13", "QG201 error 1.sql:3:39"]);
  });

  test("is left where a statement refuses one, and by a script's own COMMIT", async () => {
    const result = await read([
      "create table orders (id int);\ncreate index concurrently orders_id on orders (id);\ncreate table carts (id int);",
      "create table refunds (id int);\ncommit;\ncreate index concurrently refunds_id on refunds (id);",
    ]);
    expect(result.problems).toEqual([]);
    expect(tableIds(result)).toEqual(["public.carts", "public.orders", "public.refunds"]);
    expect(result.model.tables.flatMap((table) => table.indexes.map(({ name, valid }) => `${name} ${valid}`))).toEqual([
      "orders_id true",
      "refunds_id true",
    ]);
  });

  test("goes on after an error inside it", async () => {
    const result = await read(
      ["begin;\ncreate table orders (id int);\nselect 1 / 0;\ncreate table carts (id int);\ncommit;"],
      "none",
    );
    expect(problemsOf(result)).toEqual(["QG212 warning 1.sql:3:1"]);
    expect(tableIds(result)).toEqual(["public.carts", "public.orders"]);
  });
});

test("a session that a script leaves as another user is the model's own again", async () => {
  const take = (replayed: Replay): void => void (live = replayed);
  let live: Replay | undefined;
  const text = "create table orders (id int);\ncreate role clerk;\nset session authorization clerk;";
  await readModel(files([text]), { ...options, keep: take });
  const answer = await live?.engine.query(
    "select (select count(*)::int from public.orders) as orders, session_user::text",
  );
  await live?.engine.close();
  expect(answer?.rows).toEqual([{ orders: 0, session_user: "postgres" }]);
});

test("a dump that goes back to its first user goes on as that user", async () => {
  const text = [
    "create role clerk;\nset session authorization clerk;\nreset session authorization;",
    "create table orders (id int);\nset session authorization clerk;\nset session authorization default;",
    "create table carts (id int);",
  ].join("\n");
  const result = await read([text]);
  expect(problemsOf(result)).toEqual([]);
  expect(tableIds(result)).toEqual(["public.carts", "public.orders"]);
});

describe("something missing", () => {
  test("role or schema is made, and said", async () => {
    const result = await read(["grant usage on schema public to clerk;\ncreate table sales.orders (id int);"]);
    expect(problemsOf(result)).toEqual(["QG203 info 1.sql:1:1", "QG203 info 1.sql:2:1"]);
    expect(tableIds(result)).toEqual(["sales.orders"]);
  });

  test("extension leaves a stub in an incomplete model, and what comments on it is silent", async () => {
    const result = await read([
      "create extension postgis;\ncomment on extension postgis is 'maps';\ncreate table orders (id int);",
    ]);
    expect(problemsOf(result)).toEqual(["QG204 warning 1.sql:1:1"]);
    expect(result.model.extensions).toMatchObject([{ name: "postgis", missing: true }]);
    expect(result.model.complete).toBe(false);
  });

  test("extension is blamed for what builds on it, not a missing beginning", async () => {
    const places = Array.from({ length: 6 }, (_, n) => `alter table shops add column note_${n} text;`);
    const result = await read([
      ["create extension timescaledb;", "create table shops (at timescaledb);", ...places].join("\n"),
    ]);
    expect(problemsOf(result).slice(0, 3)).toEqual([
      "QG204 error 1.sql:2:24",
      "QG204 warning 1.sql:1:1",
      "QG201 info 1.sql:2:24",
    ]);
  });

  test("extension for maps leaves its tables, their columns as text", async () => {
    const text = [
      "create schema maps;\ncreate extension postgis with schema maps;",
      "create table shops (id int, at maps.geography(Point, 4326), area maps.geometry[]);",
      "insert into shops values (1, 'POINT(0 0)', null);",
    ].join("\n");
    const result = await read([text]);
    expect(problemsOf(result)).toEqual(["QG204 warning 1.sql:2:1"]);
    expect(result.model.tables[0]?.columns.map(({ type }) => type.raw)).toEqual([
      "integer",
      "maps.geography",
      "maps.geometry[]",
    ]);
    expect(result.model.routines).toEqual([]);
  });

  test("table of a migration runner is made and kept out of the model", async () => {
    const result = await read(["create table orders (id int);\ndelete from _sqlx_migrations;"]);
    expect(result.problems).toEqual([]);
    expect(tableIds(result)).toEqual(["public.orders"]);
  });

  test("beginning is reported once, not a hundred times", async () => {
    const texts = Array.from({ length: 12 }, (_, n) => `alter table orders add column note_${n} text;`);
    const result = await read(texts);
    expect(problemsOf(result)).toEqual([
      "QG205 error 1.sql:1:1",
      "QG201 info 1.sql:1:1",
      "QG201 info 2.sql:1:1",
      "QG201 info 3.sql:1:1",
    ]);
  });
});

test("every extension the engine claims can be created", async () => {
  const text = embeddedExtensions.map((name) => `create extension if not exists "${name}" cascade;`).join("\n");
  const result = await read([text], "none");
  expect(result.problems).toEqual([]);
  expect(result.model.extensions.map(({ name }) => name).sort()).toEqual([...embeddedExtensions].sort());
});
