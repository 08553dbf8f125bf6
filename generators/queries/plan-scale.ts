import type { RelationStatistics, Statistics } from "#schemas/json/statistics.ts";
import type { Column, Index, Table, View } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";

/** Rows that a table is presumed to have when nothing is known about it. */
export const PRESUMED_ROWS = 1_000_000;
const PAGE = 8192;
/** What a row and an index entry take besides their values: header, item pointer, alignment. */
const ROW_OVERHEAD = 28;
const ENTRY_OVERHEAD = 20;
/** Share of a B-tree's page that is full after a while. */
const INDEX_FILL = 0.7;

/** What the planner is to believe about the sizes of a database. */
export interface PlanScale {
  readonly source: "statistics" | "presumed";
  readonly relations: readonly ScaledRelation[];
}

export interface ScaledRelation {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  readonly pages: number;
  readonly visiblePages: number;
  readonly columns: readonly ScaledColumn[];
  readonly indexes: readonly ScaledIndex[];
}

export interface ScaledColumn {
  readonly name: string;
  readonly nullFraction: number;
  readonly averageWidth: number;
  /** As PostgreSQL counts: a number, or minus a share of the rows. Undefined: the planner's own guess. */
  readonly distinct?: number;
  readonly correlation?: number;
}

export interface ScaledIndex {
  readonly name: string;
  readonly rows: number;
  readonly pages: number;
  /** Levels above the leaves; B-trees only. */
  readonly level?: number;
}

/** Production's sizes where they are known; where they are not, a table is presumed to be large. */
export function planScale(index: ModelIndex, statistics: Statistics | undefined): PlanScale {
  const stored = [
    ...index.model.tables.filter(({ variant }) => variant === "table"),
    ...index.model.views.filter(({ materialized }) => materialized),
  ];
  const rowsOf = (id: string): number => {
    const relations = statistics?.relations ?? {};
    return (Object.hasOwn(relations, id) ? relations[id]?.rows : undefined) ?? PRESUMED_ROWS;
  };
  return {
    source: statistics === undefined ? "presumed" : "statistics",
    relations: stored.map((relation) => {
      const relations = statistics?.relations ?? {};
      const known = Object.hasOwn(relations, relation.id) ? relations[relation.id] : undefined;
      return scaled(relation, known, { index, rowsOf });
    }),
  };
}

interface Around {
  readonly index: ModelIndex;
  rowsOf(id: string): number;
}

function scaled(relation: Table | View, known: RelationStatistics | undefined, around: Around): ScaledRelation {
  const rows = Math.round(known?.rows ?? PRESUMED_ROWS);
  const columns = relation.columns.map((column) => scaledColumn(relation, column, known, around, rows));
  const width = columns.reduce((sum, { averageWidth, nullFraction }) => sum + averageWidth * (1 - nullFraction), 0);
  const pages = known?.pages ?? Math.ceil((rows * (width + ROW_OVERHEAD)) / PAGE);
  return {
    schema: relation.schema,
    name: relation.name,
    rows,
    pages: Math.max(1, Math.round(pages)),
    visiblePages: Math.round(known?.visiblePages ?? pages * 0.9),
    columns,
    indexes: relation.indexes.map((own) => {
      const stats = known?.indexes && Object.hasOwn(known.indexes, own.name) ? known.indexes[own.name] : undefined;
      return scaledIndex(own, { rows, columns, ...(stats ? { stats } : {}) });
    }),
  };
}

interface IndexSize {
  readonly rows: number;
  readonly columns: readonly ScaledColumn[];
  readonly stats?: { readonly rows?: number; readonly pages?: number; readonly level?: number };
}

/** The size of an index: as known, else by the width of its keys. */
export function scaledIndex(
  { name, method, keys, include, predicate }: Pick<Index, "name" | "method" | "keys" | "include" | "predicate">,
  { rows: all, columns, stats }: IndexSize,
): ScaledIndex {
  // What a predicate leaves is not known; a partial index that left most would not be made.
  const rows = Math.round(stats?.rows ?? (predicate === undefined ? all : all / 5));
  const widths = new Map(columns.map((column) => [column.name, column.averageWidth]));
  const names = [...keys.map(({ column }) => column ?? ""), ...include];
  const width = names.reduce((sum, column) => sum + (widths.get(column) ?? 16), 0);
  const pages = stats?.pages ?? Math.ceil((rows * (width + ENTRY_OVERHEAD)) / (PAGE * INDEX_FILL)) + 1;
  return {
    name,
    rows,
    pages: Math.max(1, Math.round(pages)),
    ...(method === "btree" ? { level: stats?.level ?? btreeLevel(pages) } : {}),
  };
}

/** Levels above the leaves of a B-tree of so many pages; 285 entries a page is what eight-byte keys take. */
export const btreeLevel = (pages: number): number => (pages <= 2 ? 0 : Math.ceil(Math.log(pages - 1) / Math.log(285)));

function scaledColumn(
  relation: Table | View,
  column: Column,
  known: RelationStatistics | undefined,
  around: Around,
  rows: number,
): ScaledColumn {
  const stats = known?.columns && Object.hasOwn(known.columns, column.name) ? known.columns[column.name] : undefined;
  const distinct = stats?.distinct ?? distinctOf(relation, column, around, rows);
  return {
    name: column.name,
    nullFraction: stats?.nullFraction ?? (column.nullable ? 0.05 : 0),
    averageWidth: Math.max(1, Math.round(stats?.averageWidth ?? widthOf(column))),
    ...(distinct === undefined ? {} : { distinct }),
    ...(stats?.correlation === undefined ? {} : { correlation: stats.correlation }),
  };
}

/** What the model itself says about how many values a column can have. */
function distinctOf(relation: Table | View, column: Column, around: Around, rows: number): number | undefined {
  const isKey = relation.indexes.some(
    ({ unique, keys, predicate }) =>
      unique && predicate === undefined && keys.length === 1 && keys[0]?.column === column.name,
  );
  if (isKey) return -1;
  if (column.type.family === "boolean") return 2;
  if (column.type.family === "enum" && column.type.typeId !== undefined) {
    return around.index.find("enum", column.type.typeId)?.labels.length;
  }
  const reference = around.index
    .referencesFrom(relation.id)
    .find(({ foreignKey }) => foreignKey.columns.length === 1 && foreignKey.columns[0] === column.name);
  if (!reference) return undefined;
  const parents = around.rowsOf(reference.foreignKey.references.table);
  return parents < rows / 2 ? Math.max(1, Math.round(parents)) : -0.5;
}

function widthOf({ type }: Column): number {
  if (type.length !== undefined) return Math.min(type.length, 32);
  return WIDTHS[type.family] ?? 24;
}

const WIDTHS: Readonly<Record<string, number>> = {
  integer: 8,
  decimal: 8,
  float: 8,
  boolean: 1,
  date: 4,
  time: 8,
  timestamp: 8,
  interval: 16,
  uuid: 16,
  enum: 4,
  json: 200,
  xml: 200,
  vector: 1500,
};
