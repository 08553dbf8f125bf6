import { describe, expect, test } from "vitest";
import { generateSchema } from "./generate-schema.ts";
import { planSchema } from "./plan-schema.ts";
import type { PlannedTable } from "./plan.ts";

const thousand = planSchema({ tables: 1000, seed: 1 });

const partitionsOf = (table: PlannedTable): number => table.partitions?.parts.length ?? 0;

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** How often something is referred to, most first. */
function incoming(): readonly number[] {
  const counts = new Map(thousand.tables.map((table) => [table, 0]));
  for (const { target } of thousand.tables.flatMap((table) => table.foreignKeys))
    counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

describe("a generated schema", () => {
  test.each([false, true])("has the same bytes for the same seed and others for another (history: %s)", (history) => {
    const once = generateSchema({ tables: 120, seed: 7, history });
    expect(generateSchema({ tables: 120, seed: 7, history })).toEqual(once);
    expect(generateSchema({ tables: 120, seed: 8, history }).sql).not.toBe(once.sql);
  });

  test.each([30, 200, 1000])("has exactly %i tables, partitions included", (tables) => {
    const { sql } = generateSchema({ tables, seed: 3 });
    expect(sql.match(/^create table /gm)).toHaveLength(tables);
  });

  test("has about fifteen columns a table", () => {
    const columns = sum(thousand.tables.map((table) => table.columns.length * (1 + partitionsOf(table))));
    expect(columns).toBeGreaterThan(14_000);
    expect(columns).toBeLessThan(17_500);
    expect(Math.max(...thousand.tables.map((table) => table.columns.length))).toBeLessThanOrEqual(28);
  });

  test("refers only to keys of tables that exist, with columns of the same type", () => {
    const known = new Set(thousand.tables);
    const wrong = thousand.tables.flatMap((table) =>
      table.foreignKeys.filter(({ target, targetColumns, columns }) => {
        const typeOf = (owner: PlannedTable, name: string | undefined) =>
          owner.columns.find((column) => column.name === name)?.type;
        const isKey = targetColumns.join() === target.primaryKey.join();
        return !known.has(target) || !isKey || typeOf(table, columns[0]) !== typeOf(target, targetColumns[0]);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("has hubs, tables that stand alone, self references and a cycle", () => {
    const counts = incoming();
    expect(counts[0]).toBeGreaterThan(100);
    expect(sum(counts.slice(0, 10))).toBeGreaterThan(sum(counts) * 0.2);
    const alone = thousand.tables.filter((table) => table.foreignKeys.length === 0);
    expect(alone.length).toBeGreaterThan(20);
    expect(thousand.tables.some((table) => table.foreignKeys.some(({ target }) => target === table))).toBe(true);
    const targets = (noun: string) =>
      thousand.tables.find((table) => table.noun === noun)?.foreignKeys.map(({ target }) => target.noun);
    expect(targets("department")).toContain("employee");
    expect(targets("employee")).toContain("department");
  });

  test("describes about sixty per cent of its columns", () => {
    const columns = thousand.tables.flatMap((table) => table.columns);
    const share = columns.filter(({ comment }) => comment !== undefined).length / columns.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.7);
  });

  test("gives no two objects of a schema the same name, and none that is too long", () => {
    const names = thousand.tables.flatMap((table) => [
      ...[table.name, ...(table.partitions?.parts ?? []).map(({ name }) => name)].map(
        (name) => `${table.schema}.${name}`,
      ),
      ...[...table.indexes, ...table.uniques].map(({ name }) => `${table.schema}.${name}`),
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => (name.split(".")[1]?.length ?? 0) > 63)).toEqual([]);
  });

  test("is some three hundred migrations as a history", () => {
    const { files, sql } = generateSchema({ tables: 1000, seed: 1, history: true });
    expect(files.length).toBeGreaterThan(270);
    expect(files.length).toBeLessThan(330);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const words of [
      " rename to ",
      " rename column ",
      " drop column ",
      "drop table ",
      " type text",
      " set not null",
      " add value ",
      " not valid",
      " validate constraint ",
    ]) {
      expect(sql).toContain(words);
    }
  });
});
