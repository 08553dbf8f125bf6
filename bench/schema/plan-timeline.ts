import { plural } from "./names.ts";
import type { PlannedColumn, PlannedSchema, PlannedTable } from "./plan.ts";
import type { Random } from "./random.ts";

/** When tables are made and what becomes of their columns. Moments count from 0; each becomes one migration. */
export interface Timeline {
  readonly last: number;
  of(table: PlannedTable): TableTimes;
  /** The table under the name it has at a moment, after that moment's renames. */
  named(table: PlannedTable, moment: number): PlannedTable;
}

export interface TableTimes {
  readonly created: number;
  /** From here on all its columns have their final name and type. */
  readonly settled: number;
  readonly rename?: { readonly from: string; readonly at: number };
  readonly columns: ReadonlyMap<string, ColumnChange>;
}

/** How a column came to what it is now; columns without one were made with their table. */
export type ColumnChange =
  | { readonly kind: "added"; readonly at: number }
  | { readonly kind: "renamed"; readonly at: number; readonly from: string }
  | { readonly kind: "retyped"; readonly at: number; readonly from: string }
  | { readonly kind: "required"; readonly at: number }
  | { readonly kind: "defaulted"; readonly at: number };

/** Migrations a table. */
const MOMENTS = 0.31;
/** Share of the history in which new tables appear. */
const GROWTH = 0.8;

export function planTimeline({ tables }: PlannedSchema, random: Random): Timeline {
  const last = Math.max(12, Math.round(tables.length * MOMENTS));
  const taken = new Set(tables.map(({ schema, name }) => `${schema}.${name}`));
  const times = new Map<PlannedTable, TableTimes>();
  for (const [index, table] of tables.entries()) {
    const created = Math.floor((index / tables.length) * last * GROWTH);
    times.set(table, planTable(table, { created, last, taken, random: random.fork(`${table.schema}.${table.name}`) }));
  }
  const of = (table: PlannedTable): TableTimes => times.get(table) ?? { created: 0, settled: 0, columns: new Map() };
  return {
    last,
    of,
    named(table, moment) {
      const { rename } = of(table);
      return rename && moment < rename.at ? { ...table, name: rename.from } : table;
    },
  };
}

interface Frame {
  readonly created: number;
  readonly last: number;
  readonly taken: ReadonlySet<string>;
  readonly random: Random;
}

function planTable(table: PlannedTable, { created, last, taken, random }: Frame): TableTimes {
  const later = (): number => random.int(created + 1, last);
  const columns = new Map<string, ColumnChange>();
  const fixed = fixedColumns(table);
  for (const column of table.columns) {
    const change = fixed.has(column.name) ? undefined : drawChange(column, table, { later, random });
    if (change) columns.set(column.name, change);
  }
  for (const { columns: names } of table.foreignKeys) {
    const [name = ""] = names;
    // A row that is already there has no value for a new column that requires one.
    if (!table.primaryKey.includes(name) && random.chance(0.15)) columns.set(name, { kind: "added", at: later() });
  }
  const from = table.name === table.noun ? plural(table.noun) : table.noun;
  const canRename =
    !table.partitions && from !== table.name && !taken.has(`${table.schema}.${from}`) && table.name.length < 50;
  const rename = canRename && random.chance(0.05) ? { from, at: later() } : undefined;
  const settled = Math.max(created, rename?.at ?? 0, ...[...columns.values()].map(({ at }) => at));
  return { created, settled, columns, ...(rename ? { rename } : {}) };
}

/** Columns that something else names: they stay as they were made. */
function fixedColumns(table: PlannedTable): ReadonlySet<string> {
  const generated = table.columns.filter((column) => column.generated !== undefined);
  return new Set([
    ...table.primaryKey,
    ...[...table.foreignKeys, ...table.uniques, ...table.checks, ...table.indexes].flatMap(({ columns }) => columns),
    ...table.columns
      .filter(({ name }) => generated.some((column) => column.generated?.includes(name)))
      .map(({ name }) => name),
    ...generated.map(({ name }) => name),
    ...(table.partitions ? [table.partitions.column] : []),
    "code",
    "label",
    "created_at",
    "updated_at",
  ]);
}

const EARLIER_TYPE: Readonly<Record<string, string>> = {
  bigint: "integer",
  integer: "smallint",
  "numeric(12,3)": "integer",
  "numeric(14,3)": "numeric(10,2)",
  text: "varchar(120)",
};

function drawChange(
  column: PlannedColumn,
  table: PlannedTable,
  { later, random }: { readonly later: () => number; readonly random: Random },
): ColumnChange | undefined {
  const at = later();
  const draw = random.int(1, 100);
  if (draw <= 12) return { kind: "added", at };
  if (draw <= 15) return { kind: "renamed", at, from: `${column.name}_text` };
  // Lookup tables hold rows from the start, which a column that is required later must not leave empty.
  const canRequireLater = column.isRequired && table.role !== "lookup";
  const canDefaultLater = column.default !== undefined && (canRequireLater || !column.isRequired);
  // The default of a column that was retyped keeps a cast to the old type, which nobody would write in a dump.
  const earlier = column.default === undefined ? EARLIER_TYPE[column.type] : undefined;
  if (draw <= 18) return earlier === undefined ? undefined : { kind: "retyped", at, from: earlier };
  if (draw <= 21) return canRequireLater ? { kind: "required", at } : undefined;
  if (draw <= 24) return canDefaultLater ? { kind: "defaulted", at } : undefined;
  return undefined;
}
