import { expect, test } from "vitest";
import type { Dialect } from "../../model.ts";
import { writeDeclared } from "../declared/write-declared.ts";
import { readSchemaRb } from "./read-schema-rb.ts";

const head = "ActiveRecord::Schema[7.1].define(version: 2026_01_01_000000) do\n";

/** The statements of a schema without its first line, and the codes of its problems. */
function check(
  body: string,
  expected: readonly string[],
  codes: readonly string[] = [],
  dialect: Dialect = "postgres",
): void {
  const { value, problems } = readSchemaRb({ path: "db/schema.rb", text: `${head}${body}\nend\n` }, dialect);
  expect(value ? writeDeclared(value, dialect).map(({ sql }) => sql) : []).toEqual(expected);
  expect(problems.map(({ code }) => code)).toEqual(codes);
}

test.each<readonly [string, string, readonly string[]]>([
  [
    "gives a table a bigint key by itself",
    `create_table "orders", force: :cascade do |t|\n  t.string "state", limit: 20, default: "open", null: false\nend`,
    [
      `CREATE TABLE "orders" ("id" bigserial NOT NULL, "state" character varying(20) NOT NULL DEFAULT 'open', PRIMARY KEY ("id"))`,
    ],
  ],
  [
    "takes the key's type, its default and its comment",
    `create_table "orders", id: { type: :string, limit: 26, comment: "ULID" }, force: :cascade do |t|\nend\ncreate_table "parts", id: :uuid, default: -> { "gen_random_uuid()" } do |t|\nend`,
    [
      `CREATE TABLE "orders" ("id" character varying(26) NOT NULL, PRIMARY KEY ("id"))`,
      `CREATE TABLE "parts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), PRIMARY KEY ("id"))`,
      `COMMENT ON COLUMN "orders"."id" IS 'ULID'`,
    ],
  ],
  [
    "makes no key where the table says so, and a key of several columns where it names them",
    `create_table "a", id: false do |t|\n  t.integer "n"\nend\ncreate_table "b", primary_key: ["x", "y"] do |t|\n  t.integer "x", null: false\n  t.integer "y", null: false\nend`,
    [
      `CREATE TABLE "a" ("n" integer NULL)`,
      `CREATE TABLE "b" ("x" integer NOT NULL, "y" integer NOT NULL, PRIMARY KEY ("x", "y"))`,
    ],
  ],
  [
    "reads texts with escapes, quotes of Ruby's own and hashes",
    `create_table "t", id: false do |t|\n  t.text "a", default: "it's \\"so\\"\\n"\n  t.jsonb "b", default: { "k" => [1, nil] }\n  t.string "c", default: ["x, y"], array: true\nend`,
    [
      `CREATE TABLE "t" ("a" text NULL DEFAULT 'it''s "so"\n', "b" jsonb NULL DEFAULT '{"k":[1,null]}', "c" character varying[] NULL DEFAULT '{"x, y"}')`,
    ],
  ],
  [
    "names a foreign key without a name as Active Record does, and finds its column",
    `create_table "people" do |t|\nend\ncreate_table "posts" do |t|\n  t.bigint "person_id"\nend\nadd_foreign_key "posts", "people", on_delete: :nullify`,
    [
      `CREATE TABLE "people" ("id" bigserial NOT NULL, PRIMARY KEY ("id"))`,
      `CREATE TABLE "posts" ("id" bigserial NOT NULL, "person_id" bigint NULL, PRIMARY KEY ("id"))`,
      `ALTER TABLE "posts" ADD CONSTRAINT "fk_rails_2504a6d6f3" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE SET NULL`,
    ],
  ],
  [
    "takes views with their heredoc, materialised ones with their indexes",
    `create_view "open_orders", materialized: true, sql_definition: <<-SQL\n    SELECT 1 AS id;\nSQL\nadd_index "open_orders", ["id"], name: "by_id", unique: true`,
    [
      `CREATE MATERIALIZED VIEW "open_orders" AS\nSELECT 1 AS id`,
      `CREATE UNIQUE INDEX "by_id" ON "open_orders" ("id")`,
    ],
  ],
])("%s", (_, body, expected) => check(body, expected));

test("writes MySQL's types, charset and comments for MySQL", () => {
  check(
    `create_table "orders", id: { type: :integer, unsigned: true }, charset: "utf8mb4", collation: "utf8mb4_bin", comment: "All" do |t|\n  t.text "note", size: :medium\n  t.integer "n", limit: 1, default: 0, unsigned: true\n  t.boolean "done"\n  t.index ["note"], name: "by_note", length: 10, type: :fulltext\nend`,
    [
      "CREATE TABLE `orders` (`id` int unsigned NOT NULL AUTO_INCREMENT, `note` mediumtext NULL, `n` tinyint unsigned NOT NULL DEFAULT 0, `done` tinyint(1) NULL, PRIMARY KEY (`id`)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='All'".replace(
        "`n` tinyint unsigned NOT NULL",
        "`n` tinyint unsigned NULL",
      ),
      "CREATE FULLTEXT INDEX `by_note` ON `orders` (`note`(10))",
    ],
    [],
    "mysql",
  );
});

test("tells what it does not know, at its line, and keeps the rest", () => {
  const text = `${head}create_table "a", id: false do |t|\n  t.integer "n"\nend\ncreate_hypertable "a"\nend\n`;
  const { value, problems } = readSchemaRb({ path: "db/schema.rb", text }, "postgres");
  expect(value?.tables.length).toBe(1);
  expect(problems).toMatchObject([{ code: "QG721", severity: "warning", origin: { line: 5 }, makesIncomplete: true }]);
});

test("says when a file is no schema", () => {
  expect(readSchemaRb({ path: "db/schema.rb", text: "puts 1\n" }, "postgres")).toMatchObject({
    value: null,
    problems: [{ code: "QG720", severity: "error" }],
  });
});

test.each([
  "create_table",
  'create_table "a" do |t|',
  'create_table "a", default: -> { "x" do |t|',
  "end end end",
  'create_table "a" do |t|\n t.string ["',
  "[".repeat(100),
  "create_table 'a' do |t| ".repeat(60),
  'add_index "nowhere", ["a"]',
  'create_view "v", sql_definition: <<-SQL\nselect 1',
])("does not break on half a file (%#)", (body) => {
  expect(() => readSchemaRb({ path: "db/schema.rb", text: head + body }, "postgres")).not.toThrow();
});
