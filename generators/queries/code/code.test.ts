import { describe, expect, it } from "vitest";
import { codeLanguages } from "./registry.ts";

async function check(path: string, text: string, expected: readonly string[]): Promise<void> {
  const language = codeLanguages.find(({ endings }) => endings.some((ending) => path.endsWith(ending)));
  const found = (await language?.find({ path, text })) ?? [];
  const words = found.map(({ sql, source, origin }) => {
    const marks = source.kind === "code" ? [source.interpolated ? " unsafe" : "", source.inLoop ? " loop" : ""] : [];
    return `${origin.line}:${origin.column} ${sql}${marks.join("")}`;
  });
  expect(words).toEqual(expected);
}

describe("queries in TypeScript", () => {
  it.each([
    [
      "pg",
      "await pool.query('select id from orders where id = $1', [id])",
      ["1:19 select id from orders where id = $1"],
    ],
    ["an object with the text", "client.query({ text: `select 1`, values: [] })", ["1:23 select 1"]],
    [
      "postgres.js",
      "const r = await sql`\n  select id from orders where id = ${id}`",
      ["1:21 \n  select id from orders where id = $1"],
    ],
    ["Prisma", "prisma.$queryRaw<Order[]>`select * from orders`", ["1:27 select * from orders"]],
    [
      "mysql2 and its marks",
      "db.execute('select a from t where b = ? and c = ?', [1, 2])",
      ["1:13 select a from t where b = $1 and c = $2"],
    ],
    ["names that occur twice", "knex.raw('select :a, :b, :a::text', {})", ["1:11 select $1, $2, $1::text"]],
    [
      "values in the text",
      "pool.query(`select id from orders where id = ${id}`)",
      ["1:13 select id from orders where id = $1 unsafe"],
    ],
    [
      "a sum of texts",
      "pool.query('select id from orders where id = ' + id)",
      ["1:13 select id from orders where id = $1 unsafe"],
    ],
    ["a loop", "for (const id of ids) await pool.query('select 1')", ["1:41 select 1 loop"]],
    ["a list", "ids.map((id) => pool.query('select 1'))", ["1:29 select 1 loop"]],
    ["no SQL", "api.query('orders'); graph.query(`{ orders { id } }`)", []],
    ["text of something else", "console.log('select 1'); const s = 'select 1'", []],
    ["JSX", "const a = <p>{db.query('select 1')}</p>", ["1:25 select 1"]],
  ])("are found for %s", (name, text, expected) => check(name === "JSX" ? "a.tsx" : "a.ts", text, expected));

  it.each([
    ["a.ts", "const a = <Row[]>(await db.query('select 1'));", 35],
    ["a.ts", "class A { constructor(@Inject() private db: Db) { db.query('select 1'); } }", 61],
    ["a.ts", "@Entity() class A { @Column() #b = 1; accessor c = db.query('select 1') satisfies X; }", 62],
    ["a.mts", "using c = await pool.connect(); await c.query('select 1');", 48],
    ["a.js", "// @flow\nfunction f(a: ?string): void { db.query('select 1'); return; }", 42],
    ["a.mjs", "#!/usr/bin/env node\nimport x from './x.json' with { type: 'json' }; await db?.query?.('select 1')", 68],
    ["a.cjs", "return db.query('select 1')", 18],
  ])("are found in the newest syntax of %s: %s", async (path, text, column) => {
    const line = text.includes("\n") ? 2 : 1;
    await check(path, text, [`${line}:${column} select 1`]);
  });

  it("are none where the file does not parse", () => check("a.ts", "const = ;", []));
});

describe("queries in Python", () => {
  it.each([
    [
      "psycopg",
      'cur.execute("select id from orders where id = %s", (id,))',
      ["1:14 select id from orders where id = $1"],
    ],
    ["names", "cur.execute(\"select %(a)s, %(a)s, '50%%'\", {})", ["1:14 select $1, $1, '50%%'"]],
    ["SQLAlchemy", 'session.execute(text("select :id"))', ["1:23 select $1"]],
    ["lines", 'rows = await conn.fetch("""\n  select id\n  from orders""")', ["1:28 \n  select id\n  from orders"]],
    ["texts side by side", "cur.execute('select id '\n  'from orders')", ["1:14 select id from orders"]],
    [
      "an f-string",
      'cur.execute(f"select id from orders where id = {id}")',
      ["1:15 select id from orders where id = $1 unsafe"],
    ],
    [
      "a format",
      'cur.execute("select id from orders where id = %s" % id)',
      ["1:14 select id from orders where id = $1 unsafe"],
    ],
    ["a loop", 'for i in ids:\n    cur.execute("select 1")', ["2:18 select 1 loop"]],
    ["comments and other texts", '# execute("select 1")\nprint("select 1")', []],
  ])("are found for %s", (_, text, expected) => check("a.py", text, expected));
});
