import type { Check, Column, Database, Enum, Index, Ref, RefEndpoint, Table, TablePartial } from "@dbml/parse";

/** A table with what its partials bring, as the language's documentation says. */
export interface LinkedTable {
  /** `public` where the document names none. */
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly checks: readonly Check[];
  readonly note: string;
  readonly line: number;
}

export interface LinkedEnd {
  readonly table: LinkedTable;
  readonly columns: readonly Column[];
  /** `1`, `*`, or a range such as `0..*`. */
  readonly relation: string;
}

export interface LinkedReference {
  readonly name: string | null;
  readonly ends: readonly [LinkedEnd, LinkedEnd];
  readonly onDelete: string | undefined;
  readonly onUpdate: string | undefined;
  readonly inactive: boolean;
  readonly line: number;
  readonly column: number;
}

export interface LinkedDocument {
  readonly tables: readonly LinkedTable[];
  readonly references: readonly LinkedReference[];
  readonly enums: readonly Enum[];
  /** The enum that a column's type names. */
  enumOf(column: Column): Enum | undefined;
}

/** The two cardinalities of an operator such as `>`. */
export type Cardinalities = (operator: string) => readonly [string, string] | undefined;

/** Schema of a name without one, whatever the database. */
export const NO_SCHEMA = "public";

/** Joins what the parser gives by name: partials into tables, ends of references to tables, types to enums. */
export function linkDocument(database: Database, cardinalities: Cardinalities): LinkedDocument {
  const partials = new Map(database.tablePartials.map((one) => [one.name, one]));
  const built = database.tables.map((table) => withPartials(table, partials));
  const tables = new Map(built.map(({ table }) => [keyOf(table.schema, table.name), table]));
  const enums = new Map(database.enums.map((one) => [keyOf(one.schemaName, one.name), one]));
  const refs: readonly RawReference[] = [
    ...database.refs,
    ...built.flatMap(({ table, injected }) => injected.flatMap((one) => inlineReferences(one, table, cardinalities))),
  ];
  return {
    tables: [...tables.values()],
    enums: [...enums.values()],
    references: refs.flatMap((ref) => linkReference(ref, tables)),
    enumOf: ({ type }) => enums.get(keyOf(type.schemaName, type.type_name.replace(/(?:\[\s*\d*\s*\])+$/, ""))),
  };
}

const keyOf = (schema: string | null, name: string): string => JSON.stringify([schema ?? NO_SCHEMA, name]);

interface RawEnd extends Pick<RefEndpoint, "schemaName" | "tableName" | "fieldNames"> {
  readonly relation: string;
}

interface RawReference extends Pick<Ref, "name" | "onDelete" | "onUpdate" | "inactive" | "token"> {
  readonly endpoints: readonly [RawEnd, RawEnd];
}

interface Built {
  readonly table: LinkedTable;
  /** Columns that came with a partial; their references are not among the document's own. */
  readonly injected: readonly Column[];
}

/**
 * The table's own columns come before those of its partials of the same name, later partials before earlier ones; each
 * partial's columns stand where it was named.
 */
function withPartials(table: Table, partials: ReadonlyMap<string, TablePartial>): Built {
  const taken = new Set(table.fields.map(({ name }) => name));
  const named = table.partials.toSorted((a, b) => b.order - a.order);
  const brought = named.map(({ name, order }) => {
    const partial = partials.get(name);
    const columns = (partial?.fields ?? []).filter((column) => !taken.has(column.name));
    for (const column of columns) taken.add(column.name);
    return { order, partial, columns };
  });
  const columns: Column[] = [];
  const own = [...table.fields];
  const places = brought.toReversed();
  while (own.length > 0 || places.length > 0) {
    const next = places[0];
    // A place counts the columns and the partials before it.
    const isNext = next && next.order <= columnsAndPartials(table, own, places);
    if (isNext || own.length === 0) columns.push(...(places.shift()?.columns ?? []));
    else columns.push(...own.splice(0, 1));
  }
  const found = brought.flatMap(({ partial }) => (partial ? [partial] : []));
  return {
    injected: brought.flatMap((one) => one.columns),
    table: {
      schema: table.schemaName ?? NO_SCHEMA,
      name: table.name,
      columns,
      indexes: [...table.indexes, ...found.flatMap(({ indexes }) => indexes)],
      checks: [
        ...table.checks,
        ...found.flatMap(({ checks }) =>
          checks.map((check) => (check.name ? { ...check, name: `${table.name}.${check.name}` } : check)),
        ),
      ],
      note: table.note?.value ?? found.find(({ note }) => note)?.note?.value ?? "",
      line: table.token.start.line,
    },
  };
}

const columnsAndPartials = (table: Table, own: readonly Column[], places: readonly unknown[]): number =>
  table.fields.length - own.length + (table.partials.length - places.length);

function inlineReferences(column: Column, table: LinkedTable, cardinalities: Cardinalities): RawReference[] {
  return column.inline_refs.map(({ schemaName, tableName, fieldNames, relation }) => {
    const [here, there] = cardinalities(relation) ?? ["*", "*"];
    const own = { schemaName: table.schema, tableName: table.name, fieldNames: [column.name], relation: here };
    const other = { schemaName, tableName, fieldNames, relation: there };
    return { name: null, token: column.token, endpoints: [own, other] };
  });
}

function linkReference(ref: RawReference, tables: ReadonlyMap<string, LinkedTable>): readonly LinkedReference[] {
  const [left, right] = ref.endpoints.map(
    ({ schemaName, tableName, fieldNames, relation }: RawEnd): LinkedEnd | undefined => {
      const table = tables.get(keyOf(schemaName, tableName));
      const columns = fieldNames.flatMap((name) => table?.columns.find((column) => column.name === name) ?? []);
      return table && { table, columns, relation };
    },
  );
  if (!left || !right) return [];
  const { line, column } = ref.token.start;
  const { name, onDelete, onUpdate, inactive = false } = ref;
  return [{ name, ends: [left, right], onDelete, onUpdate, inactive, line, column }];
}
