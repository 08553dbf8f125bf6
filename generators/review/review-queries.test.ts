import { expect, it } from "vitest";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { MigrationFile } from "#schemas/source.ts";
import { shopModel } from "#test/support/shop.ts";
import { migration } from "#test/support/review-by-rule.ts";
import type { FoundQuery } from "./query.ts";
import { queriesOfFiles, reviewQueries } from "./review-queries.ts";

const model = shopModel();

const reviewed = (file: MigrationFile) => ({
  file,
  statements: splitStatements(file).statements.map((statement) => ({ statement })),
});

const named = (path: string, text: string): MigrationFile => ({ ...migration(path, text), path, version: path });

const found = (file: string): FoundQuery => ({
  source: { kind: "file" },
  origin: { file, line: 1, column: 1 },
  sql: "SELECT * FROM sales.orders",
});

it("takes files that hold queries alone and belong to no history", async () => {
  const files = [
    named("a.sql", "-- querygenie-ignore select-star -- all\nSELECT * FROM sales.orders; DELETE FROM sales.orders;"),
    named("b.sql", "SELECT 1; CREATE TABLE t (id int);"),
    migration("0001", "SELECT 1;"),
  ];
  const own = await queriesOfFiles(files.map(reviewed), model);
  expect([...own].map(([path, queries]) => `${path} ${queries.length}`)).toEqual(["a.sql 2"]);
  expect(own.get("a.sql")?.[0]?.comments).toEqual([{ text: "querygenie-ignore select-star -- all", line: 1 }]);
});

it("judges those alone when nothing else is under review", async () => {
  const own = await queriesOfFiles([reviewed(named("a.sql", "SELECT * FROM people.customers"))], model);
  const input = { model, own, statements: [], queries: [found("old.sql")] };
  const places = async (files: number) =>
    (await reviewQueries({ ...input, files }, {})).findings.map(({ span }) => span.file);
  expect(await places(1)).toEqual(["a.sql"]);
  expect(await places(2)).toEqual(["a.sql", "old.sql"]);
});

it("is silent about queries that are as they were, on tables that are as they were", async () => {
  const { findings } = await reviewQueries(
    {
      model,
      own: new Map(),
      files: 1,
      statements: [],
      queries: [found("old.sql"), found("new.sql")],
      isChanged: ({ origin }) => origin.file === "new.sql",
    },
    {},
  );
  expect(findings.map(({ rule, span }) => `${span.file} ${rule}`)).toEqual(["new.sql select-star"]);
});
