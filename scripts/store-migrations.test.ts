import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { z } from "zod";
import * as tables from "#app/store/tables.ts";
import { migrationsModule } from "./store-migrations.ts";

const root = join(import.meta.dirname, "..");
const meta = join(root, "app/store/migrations/meta");

test("the store's list of migrations is that of the folder; npm run migrations writes it", async () => {
  expect(await readFile(join(root, "app/store/migrations.ts"), "utf8")).toBe(await migrationsModule());
});

const named = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);
/** What drizzle-kit keeps of the tables as of its last migration. */
const snapshotSchema = z.object({
  tables: named(
    z.object({
      name: z.string(),
      schema: z.string(),
      columns: named(
        z.object({
          name: z.string(),
          type: z.string(),
          primaryKey: z.boolean(),
          notNull: z.boolean(),
          default: z.unknown().optional(),
          identity: z.object({ type: z.string() }).optional(),
        }),
      ),
      indexes: named(
        z.object({ name: z.string(), isUnique: z.boolean(), columns: z.array(z.object({ expression: z.string() })) }),
      ),
      foreignKeys: named(
        z.object({
          tableTo: z.string(),
          columnsFrom: z.array(z.string()),
          columnsTo: z.array(z.string()),
          onDelete: z.string(),
        }),
      ),
      compositePrimaryKeys: named(z.object({ columns: z.array(z.string()) })),
      uniqueConstraints: named(z.unknown()),
      policies: named(z.unknown()),
      checkConstraints: named(z.unknown()),
    }),
  ),
});

test("the store's tables have no change without a migration; npm run migrations writes it", async () => {
  const last = (await readdir(meta)).filter((name) => name.endsWith("_snapshot.json")).toSorted();
  const text = await readFile(join(meta, last.at(-1) ?? ""), "utf8");
  const snapshot = snapshotSchema.parse(JSON.parse(text));
  expect(declared()).toEqual(Object.values(snapshot.tables).flatMap(kept).toSorted());
});

/** One line for each thing that the tables declare. */
function declared(): readonly string[] {
  const lines = Object.values(tables).flatMap((table) => {
    if (!is(table, PgTable)) return [];
    const { name, schema, columns, indexes, foreignKeys, primaryKeys, uniqueConstraints, checks, policies } =
      getTableConfig(table);
    return [
      ...columns.map((one) =>
        line(
          name,
          `${schema ?? ""}.${one.name}`,
          one.getSQLType(),
          one.primary,
          one.notNull,
          one.hasDefault && one.generatedIdentity === undefined,
          one.generatedIdentity?.type ?? "",
        ),
      ),
      ...indexes.map(({ config }) =>
        line(
          name,
          config.name,
          config.unique,
          config.columns.map((column) => ("name" in column ? column.name : "expression")),
        ),
      ),
      ...foreignKeys.map((key) => {
        const { columns: from, foreignColumns, foreignTable } = key.reference();
        const to = foreignColumns.map((column) => column.name);
        return line(
          name,
          from.map((column) => column.name),
          getTableConfig(foreignTable).name,
          to,
          key.onDelete ?? "no action",
        );
      }),
      ...primaryKeys.map((key) =>
        line(
          name,
          "primary key",
          key.columns.map((column) => column.name),
        ),
      ),
      ...Array<string>(uniqueConstraints.length + checks.length + policies.length).fill(line(name, "another")),
    ];
  });
  return lines.toSorted();
}

/** The same of what drizzle-kit kept. */
function kept(table: z.infer<typeof snapshotSchema>["tables"][string]): readonly string[] {
  const { name, schema } = table;
  const others = [table.uniqueConstraints, table.checkConstraints, table.policies].flatMap(Object.values);
  return [
    ...Object.values(table.columns).map((one) =>
      line(
        name,
        `${schema}.${one.name}`,
        one.type,
        one.primaryKey,
        one.notNull,
        one.default !== undefined,
        one.identity?.type ?? "",
      ),
    ),
    ...Object.values(table.indexes).map((one) =>
      line(
        name,
        one.name,
        one.isUnique,
        one.columns.map(({ expression }) => expression),
      ),
    ),
    ...Object.values(table.foreignKeys).map((one) =>
      line(name, one.columnsFrom, one.tableTo, one.columnsTo, one.onDelete),
    ),
    ...Object.values(table.compositePrimaryKeys).map(({ columns }) => line(name, "primary key", columns)),
    ...Array<string>(others.length).fill(line(name, "another")),
  ];
}

const line = (...parts: readonly unknown[]): string => parts.map(String).join(" | ");
