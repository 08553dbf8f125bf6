import { quoteName } from "../facts.ts";
import type { Catalog } from "./catalog.ts";

/** A table, or the table of a table type, by which its statements are written. */
export interface ScriptedTable {
  readonly id: number;
  /** In brackets, with its schema. */
  readonly name: string;
}

/** What the scripts of tables need of the catalog, looked up by object. */
export interface TableCatalog {
  readonly collation: string | null;
  readonly columns: ReadonlyMap<number, Catalog["columns"]>;
  readonly indexes: ReadonlyMap<number, Catalog["indexes"]>;
  readonly indexColumns: ReadonlyMap<string, Catalog["indexColumns"]>;
  readonly checks: ReadonlyMap<number, Catalog["checks"]>;
  readonly periods: ReadonlyMap<number, Catalog["periods"]>;
}

export function tableCatalog(catalog: Catalog): TableCatalog {
  return {
    collation: catalog.server[0]?.collation ?? null,
    columns: Map.groupBy(catalog.columns, ({ object }) => object),
    indexes: Map.groupBy(catalog.indexes, ({ object }) => object),
    indexColumns: Map.groupBy(catalog.indexColumns, ({ object, index }) => `${object}.${index}`),
    checks: Map.groupBy(catalog.checks, ({ object }) => object),
    periods: Map.groupBy(catalog.periods, ({ object }) => object),
  };
}

type ColumnRow = Catalog["columns"][number];
type IndexRow = Catalog["indexes"][number];

/** What stands in the parentheses of CREATE TABLE: columns, keys and checks in the order in which they were made. */
export function tableElements(catalog: TableCatalog, { id }: ScriptedTable): readonly string[] {
  const checks = catalog.checks.get(id) ?? [];
  const columns = (catalog.columns.get(id) ?? []).map((column) => {
    // A check without a name is called after its column only when it stands there.
    const own = checks.filter((check) => check.isUnnamed && check.column === column.name && !check.untrusted);
    return [columnText(column, catalog.collation), ...own.map(({ definition }) => `check ${definition}`)].join(" ");
  });
  const keys = (catalog.indexes.get(id) ?? [])
    .filter(({ keyId }) => keyId !== null)
    .sort((a, b) => (a.keyId ?? 0) - (b.keyId ?? 0))
    .map((index) => keyText(catalog, index));
  const rest = checks
    .filter((check) => !check.untrusted && !(check.isUnnamed && check.column !== null))
    .map(
      ({ isUnnamed, name, definition }) => `${isUnnamed ? "" : `constraint ${quoteName(name)} `}check ${definition}`,
    );
  const periods = (catalog.periods.get(id) ?? []).map(
    ({ start, end }) => `period for system_time (${quoteName(start)}, ${quoteName(end)})`,
  );
  return [...columns, ...keys, ...rest, ...periods];
}

/** Indexes that no key makes, and what is not switched on. */
export function indexStatements(catalog: TableCatalog, table: ScriptedTable): readonly string[] {
  return (catalog.indexes.get(table.id) ?? []).flatMap((index) => [
    ...(index.keyId === null ? [indexText(catalog, table, index)] : []),
    ...(index.disabled ? [`alter index ${quoteName(index.name)} on ${table.name} disable`] : []),
  ]);
}

/** Checks that were added without looking at the rows, or are switched off. */
export function checkStatements(catalog: TableCatalog, { id, name }: ScriptedTable): readonly string[] {
  return (catalog.checks.get(id) ?? []).flatMap((check) => [
    ...(check.untrusted
      ? [
          `alter table ${name} with nocheck add ${check.isUnnamed ? "" : `constraint ${quoteName(check.name)} `}check ${check.definition}`,
        ]
      : []),
    ...(check.disabled ? [`alter table ${name} nocheck constraint ${quoteName(check.name)}`] : []),
  ]);
}

function columnText(column: ColumnRow, collation: string | null): string {
  const name = quoteName(column.name);
  if (column.computed !== null) {
    const persisted = column.persisted === true ? ` persisted${column.nullable ? "" : " not null"}` : "";
    return `${name} as ${column.computed}${persisted}`;
  }
  const period = PERIODS[column.period];
  return [
    name,
    typeText(column),
    ...(column.collation !== null && column.collation !== collation ? [`collate ${column.collation}`] : []),
    ...(column.sparse ? ["sparse"] : []),
    ...(column.mask === null ? [] : [`masked with (function = '${column.mask.replaceAll("'", "''")}')`]),
    ...(period === undefined ? [] : [`generated always as ${period}${column.hidden ? " hidden" : ""}`]),
    ...(column.seed === null ? [] : [`identity(${column.seed}, ${column.increment ?? "1"})`]),
    ...(column.rowguid ? ["rowguidcol"] : []),
    column.nullable ? "null" : "not null",
    ...(column.default === null
      ? []
      : [
          `${column.isDefaultUnnamed === true ? "" : `constraint ${quoteName(column.defaultName ?? "")} `}default ${column.default}`,
        ]),
  ].join(" ");
}

const PERIODS: Readonly<Record<number, string>> = { 1: "row start", 2: "row end" };

interface TypeRow {
  readonly type: string;
  readonly typeSchema?: string;
  readonly isOwnType?: boolean;
  /** -1 for `(max)`. */
  readonly bytes: number;
  readonly precision: number;
  readonly scale: number | null;
}

/** The type of a catalog row as a script writes it. */
export function typeText({ type, typeSchema = "", isOwnType = false, bytes, precision, scale }: TypeRow): string {
  if (isOwnType) return `${quoteName(typeSchema)}.${quoteName(type)}`;
  if (WIDE.has(type)) return `${type}(${bytes < 0 ? "max" : bytes / 2})`;
  if (SIZED.has(type)) return `${type}(${bytes < 0 ? "max" : bytes})`;
  if (type === "decimal" || type === "numeric") return `${type}(${precision}, ${scale ?? 0})`;
  if (TIMED.has(type)) return `${type}(${scale ?? 7})`;
  // A vector has eight bytes of its own before four for each dimension.
  return type === "vector" ? `vector(${(bytes - 8) / 4})` : type;
}

const WIDE: ReadonlySet<string> = new Set(["nchar", "nvarchar"]);
const SIZED: ReadonlySet<string> = new Set(["char", "varchar", "binary", "varbinary"]);
const TIMED: ReadonlySet<string> = new Set(["time", "datetime2", "datetimeoffset"]);

function keyText(catalog: TableCatalog, index: IndexRow): string {
  const name = index.isUnnamed === true ? "" : `constraint ${quoteName(index.name)} `;
  const kind = index.keyType?.trim() === "PK" ? "primary key" : "unique";
  const how = index.type === HASH ? "nonclustered hash" : clusteredWord(index);
  return `${name}${kind} ${how} (${keyList(catalog, index)})`;
}

function keyList(catalog: TableCatalog, { object, id }: IndexRow): string {
  return (catalog.indexColumns.get(`${object}.${id}`) ?? [])
    .filter(({ included }) => !included)
    .map(({ name, descending }) => `${quoteName(name)}${descending ? " desc" : ""}`)
    .join(", ");
}

function indexText(catalog: TableCatalog, table: ScriptedTable, index: IndexRow): string {
  const all = catalog.indexColumns.get(`${index.object}.${index.id}`) ?? [];
  const included = all.filter(({ included: isIncluded }) => isIncluded).map(({ name }) => quoteName(name));
  const keys = keyList(catalog, index);
  const isColumnstore = index.type === CLUSTERED_STORE || index.type === STORE;
  // A columnstore has no keys: its columns count as included.
  const list = isColumnstore && index.type === STORE ? included.join(", ") : keys;
  return [
    "create",
    ...(index.unique ? ["unique"] : []),
    METHODS[index.type] ?? clusteredWord(index),
    "index",
    quoteName(index.name),
    "on",
    table.name,
    ...(list === "" || index.type === CLUSTERED_STORE ? [] : [`(${list})`]),
    ...(included.length === 0 || isColumnstore ? [] : [`include (${included.join(", ")})`]),
    ...(index.predicate === null ? [] : [`where ${index.predicate}`]),
  ].join(" ");
}

/** Values of sys.indexes.type. */
const CLUSTERED = 1;
const CLUSTERED_STORE = 5;
const STORE = 6;
const HASH = 7;
const METHODS: Readonly<Record<number, string>> = {
  3: "xml",
  4: "spatial",
  [CLUSTERED_STORE]: "clustered columnstore",
  [STORE]: "nonclustered columnstore",
};

const clusteredWord = ({ type }: IndexRow): string => (type === CLUSTERED ? "clustered" : "nonclustered");
