import { expect, test } from "vitest";
import { readDbml } from "./read-dbml.ts";

const DOCUMENT = `
TablePartial base {
  id int [pk, increment]
  made timestamp [default: \`now()\`]
  owner int [ref: > people.id]
  indexes {
    made [name: 'by_time']
  }
  checks {
    \`id > 0\` [name: 'positive']
  }
  Note: 'from base'
}
TablePartial soft {
  removed timestamp
  made date
}
Table people as P {
  ~base
  id bigint [pk]
  mail varchar(255) [not null, unique, note: 'where to write']
  ~soft
  last text
}
Table auth.things {
  ~soft
  first int
  ~base
  kind status
  kinds "status[]"
  level auth.level [default: 'low']
  share decimal(10,2) [default: 1.5]
  open bool [default: true]
  owner_of int [ref: < P.id]
}
Enum status {
  a [note: 'the first']
  b
}
Enum auth.level {
  low
  high
}
Table pairs {
  a int
  b int
  indexes {
    (a, b) [pk]
    a [unique, type: hash]
    (\`lower(a)\`, b)
  }
}
Table uses {
  a int
  b int
}
Ref both: uses.(a, b) > pairs.(a, b) [delete: cascade, update: set null]
`;

const read = (text: string, dialect: "postgres" | "mysql" | "mssql" = "postgres") =>
  readDbml({ path: "schema.dbml", text }, dialect);

async function tables(text: string, dialect?: "postgres" | "mysql" | "mssql") {
  const { value, problems } = await read(text, dialect);
  expect(problems.filter(({ severity }) => severity !== "info")).toEqual([]);
  return new Map(value?.tables.map((table) => [table.name, table]));
}

test("partials come where they are named, below the table's own columns, the last one first", async () => {
  const all = await tables(DOCUMENT);
  const columns = (name: string) => all.get(name)?.columns.map((column) => `${column.name} ${column.type}`);
  expect(columns("people")).toEqual([
    "owner int",
    "id bigint",
    "mail varchar(255)",
    "removed timestamp",
    "made date",
    "last text",
  ]);
  expect(columns("things")).toEqual([
    "removed timestamp",
    "first int",
    "id int",
    "made timestamp",
    "owner int",
    'kind "status"',
    'kinds "status"[]',
    'level "auth"."level"',
    "share decimal(10,2)",
    "open bool",
    "owner_of int",
  ]);
});

test("indexes, checks, notes and references of a partial come with it", async () => {
  const people = (await tables(DOCUMENT)).get("people");
  expect(people?.indexes.map(({ name }) => name)).toEqual(["by_time"]);
  expect(people?.checks).toMatchObject([{ name: "people.positive", expression: "id > 0" }]);
  expect(people).toMatchObject({ comment: "from base", primaryKey: { columns: [{ column: "id" }] } });
  expect(people?.foreignKeys.map(({ columns, to }) => [columns, to.name])).toEqual(
    expect.arrayContaining([[["owner"], "people"]]),
  );
});

test("the end with many rows holds the key, of several columns too", async () => {
  const all = await tables(DOCUMENT);
  expect(all.get("uses")?.foreignKeys).toMatchObject([
    {
      name: "both",
      columns: ["a", "b"],
      to: { name: "pairs" },
      toColumns: ["a", "b"],
      onDelete: "cascade",
      onUpdate: "set null",
    },
  ]);
  expect(all.get("people")?.foreignKeys.map(({ columns, to }) => [columns, to])).toContainEqual([
    ["id"],
    { schema: "auth", name: "things" },
  ]);
});

test("a relation of many to many makes a table of its own, and says so", async () => {
  const { value, problems } = await read("Table a { id int [pk] }\nTable b { id int [pk] }\nRef: a.id <> b.id");
  expect(value?.tables.map(({ name }) => name)).toEqual(["a", "b", "a_b"]);
  expect(problems.map(({ code, origin }) => [code, origin?.line])).toEqual([["QG721", 3]]);
});

test("an enum is a type, a list of words or a text, as the database has it", async () => {
  const kind = async (dialect: "mysql" | "mssql") =>
    (await tables(DOCUMENT, dialect)).get("things")?.columns.find(({ name }) => name === "kind")?.type;
  expect([await kind("mysql"), await kind("mssql")]).toEqual(["ENUM('a', 'b')", "nvarchar(1)"]);
});

test.each([
  ["Table x { id in[t }", 1],
  ["Ref: a.b > c.d", 1],
  ["Table a { id int }\nTable a { id int }", 2],
  ["Table t {\n  id int [ref: > nope.id]\n}", 2],
])("%j is a problem at its line", async (text, line) => {
  const { value, problems } = await read(text);
  expect(value).toBeNull();
  expect(problems[0]).toMatchObject({ code: "QG720", makesIncomplete: true, origin: { file: "schema.dbml", line } });
});
