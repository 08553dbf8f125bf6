import type {
  CheckConstraint,
  Column,
  Constraint,
  DataType,
  ForeignKey,
  Index,
  SchemaModel,
  Table,
  TypeFamily,
  View,
} from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";

type Optional<T, K extends keyof T> = Partial<Pick<T, K>>;

const FAMILIES: Readonly<Record<string, TypeFamily>> = {
  bigint: "integer",
  integer: "integer",
  smallint: "integer",
  numeric: "decimal",
  text: "text",
  "character varying": "text",
  character: "text",
  boolean: "boolean",
  date: "date",
  "timestamp with time zone": "timestamp",
  uuid: "uuid",
  jsonb: "json",
  tstzrange: "range",
};

/** A type by its printed name; pass `typeId` for an enum or domain of the model. */
export function type(raw: string, extra: Partial<DataType> = {}): DataType {
  return { raw, family: FAMILIES[raw.replace(/\(.*\)|\[\]/g, "")] ?? "other", ...extra };
}

export interface ColumnSpec extends Optional<Column, "nullable" | "comment" | "default" | "identity" | "generated"> {
  readonly name: string;
  readonly type: DataType | string;
}
export interface TableSpec extends Partial<Omit<Table, "kind" | "id" | "columns" | "constraints" | "indexes">> {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  readonly constraints?: readonly ((table: string) => Constraint)[];
  readonly indexes?: readonly ((table: string) => Index)[];
}

/** A table of the model from what differs from an ordinary one. */
export function table(spec: TableSpec): Table {
  const id = objectId(spec.schema, spec.name);
  const { columns, constraints = [], indexes = [], ...rest } = spec;
  return {
    variant: "table",
    persistence: "permanent",
    triggers: [],
    policies: [],
    ...rest,
    kind: "table",
    id,
    columns: columns.map((spec, at) => column(spec, id, at)),
    constraints: constraints.map((make) => make(id)).sort(byId),
    indexes: indexes.map((make) => make(id)).sort(byId),
  };
}

export interface ViewSpec extends Partial<Omit<View, "kind" | "id" | "columns">> {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  readonly definition: string;
}
export function view(spec: ViewSpec): View {
  const id = objectId(spec.schema, spec.name);
  const columns = spec.columns.map((column_, at) => column({ nullable: true, ...column_ }, id, at));
  return { materialized: false, dependsOn: [], indexes: [], triggers: [], ...spec, kind: "view", id, columns };
}

const constraintBase = { deferrable: false, initiallyDeferred: false, validated: true } as const;

export function primaryKey(name: string, columns: readonly string[]): (table: string) => Constraint {
  const definition = `PRIMARY KEY (${columns.join(", ")})`;
  return (table) => ({
    ...constraintBase,
    kind: "primary key",
    id: `${table}.${name}`,
    name,
    columns,
    definition,
  });
}

export function unique(name: string, columns: readonly string[]): (table: string) => Constraint {
  const definition = `UNIQUE (${columns.join(", ")})`;
  return (table) => ({
    ...constraintBase,
    kind: "unique",
    id: `${table}.${name}`,
    name,
    columns,
    definition,
    nullsNotDistinct: false,
  });
}

export function foreignKey(
  name: string,
  columns: readonly string[],
  references: ForeignKey["references"],
  extra: Partial<ForeignKey> = {},
): (table: string) => Constraint {
  const tail = extra.onDelete === undefined ? "" : ` ON DELETE ${extra.onDelete.toUpperCase()}`;
  const target = `${references.table}(${references.columns.join(", ")})`;
  return (table) => ({
    ...constraintBase,
    kind: "foreign key",
    id: `${table}.${name}`,
    name,
    columns,
    references,
    definition: `FOREIGN KEY (${columns.join(", ")}) REFERENCES ${target}${tail}`,
    onUpdate: "no action",
    onDelete: "no action",
    match: "simple",
    ...extra,
  });
}

export function check(
  name: string,
  columns: readonly string[],
  expression: string,
): (table: string) => CheckConstraint {
  return (table) => ({
    ...constraintBase,
    kind: "check",
    id: `${table}.${name}`,
    name,
    columns,
    definition: `CHECK (${expression})`,
    expression,
    enforced: true,
  });
}

export function index(name: string, keys: Index["keys"], extra: Partial<Index> = {}): (table: string) => Index {
  const printed = keys.map((key) => (key.column ?? `(${key.expression ?? ""})`) + (key.descending ? " DESC" : ""));
  return (table) => ({
    kind: "index",
    id: `${table}.${name}`,
    name,
    method: "btree",
    keys,
    include: [],
    unique: false,
    primary: false,
    valid: true,
    definition: `CREATE ${extra.unique ? "UNIQUE " : ""}INDEX ${name} ON ${table} USING ${extra.method ?? "btree"} (${printed.join(", ")})${extra.predicate ? ` WHERE ${extra.predicate}` : ""}`,
    ...extra,
  });
}

/** A model from its parts, sorted as the contract wants it. */
export function model(parts: Partial<SchemaModel>): SchemaModel {
  const names = new Set([...(parts.tables ?? []), ...(parts.views ?? [])].map((object) => object.schema));
  return {
    version: 1,
    dialect: "postgres",
    evidence: "measured",
    engine: { name: "PGlite", version: "18.6" },
    complete: true,
    schemas: [...names].sort().map((name) => ({ kind: "schema", id: objectId(name), name })),
    extensions: [],
    enums: [],
    domains: [],
    composites: [],
    ranges: [],
    sequences: [],
    routines: [],
    others: [],
    ...parts,
    tables: [...(parts.tables ?? [])].sort(byId),
    views: [...(parts.views ?? [])].sort(byId),
  };
}

function column(spec: ColumnSpec, owner: string, at: number): Column {
  const dataType = typeof spec.type === "string" ? type(spec.type) : spec.type;
  const id = `${owner}.${objectId(spec.name)}`;
  return { nullable: false, ...spec, kind: "column", id, position: at + 1, type: dataType };
}

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}
