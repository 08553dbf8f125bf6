import type { Node } from "libpg-query";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { MODEL_VERSION, type Column, type Constraint, type SchemaModel, type Table } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";

/** The model of a script of plain CREATE TABLE statements, read from its syntax tree without an engine. */
export async function readSchema(schema: string, sql: string): Promise<SchemaModel> {
  const outcome = (await loadParser()).parse(sql);
  if (!outcome.ok) throw new Error(`${schema}: ${outcome.message}`);
  const tables = (outcome.tree.stmts ?? []).flatMap(({ stmt }) => (stmt ? readTable(schema, stmt) : []));
  return modelOf(withTargetKeys(tables));
}

/** A model with these tables and nothing else. */
export function modelOf(tables: readonly Table[]): SchemaModel {
  return {
    version: MODEL_VERSION,
    dialect: "postgres",
    evidence: "rule",
    engine: { name: "questions", version: "0" },
    complete: true,
    schemas: [],
    extensions: [],
    enums: [],
    domains: [],
    composites: [],
    ranges: [],
    sequences: [],
    tables: [...tables].sort((a, b) => (a.id < b.id ? -1 : 1)),
    views: [],
    routines: [],
    others: [],
  };
}

function readTable(schema: string, node: Node): Table[] {
  if (!("CreateStmt" in node)) return [];
  const { relation, tableElts } = node.CreateStmt;
  const name = relation?.relname ?? "";
  const id = objectId(schema, name);
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  const add = (of: Node, own: readonly string[]): void => {
    const constraint = readConstraint(of, { schema, table: id, own, at: constraints.length });
    if (constraint) constraints.push(constraint);
  };
  for (const part of tableElts ?? []) {
    if ("Constraint" in part) add(part, []);
    if (!("ColumnDef" in part)) continue;
    const { colname = "", typeName, constraints: inner } = part.ColumnDef;
    const raw = (typeName?.names ?? []).flatMap((piece) => ("String" in piece ? [piece.String.sval ?? ""] : [])).at(-1);
    columns.push({
      kind: "column",
      id: `${id}.${objectId(colname)}`,
      name: colname,
      position: columns.length + 1,
      type: { raw: raw ?? "text", family: FAMILIES[raw ?? ""] ?? "text" },
      nullable: true,
    });
    for (const one of inner ?? []) add(one, [colname]);
  }
  return [
    {
      kind: "table",
      id,
      schema,
      name,
      variant: "table",
      persistence: "permanent",
      columns,
      constraints,
      indexes: [],
      triggers: [],
      policies: [],
    },
  ];
}

const FAMILIES: Readonly<Record<string, Column["type"]["family"]>> = {
  int2: "integer",
  int4: "integer",
  int8: "integer",
  serial: "integer",
  float4: "float",
  float8: "float",
  numeric: "decimal",
  bool: "boolean",
  date: "date",
  timestamp: "timestamp",
  timestamptz: "timestamp",
  time: "time",
};

interface Place {
  readonly schema: string;
  readonly table: string;
  readonly own: readonly string[];
  readonly at: number;
}

function readConstraint(node: Node, { schema, table, own, at }: Place): Constraint | null {
  if (!("Constraint" in node)) return null;
  const { contype, keys, fk_attrs, pk_attrs, pktable } = node.Constraint;
  const name = `c${at}`;
  const base = { id: `${table}.${name}`, name, definition: "", deferrable: false, initiallyDeferred: false };
  const shared = { ...base, validated: true };
  const named = (list: readonly Node[] | undefined): string[] =>
    (list ?? []).flatMap((part) => ("String" in part ? [part.String.sval ?? ""] : []));
  const columns = named(keys).length > 0 ? named(keys) : own;
  switch (contype) {
    case "CONSTR_PRIMARY":
      return { kind: "primary key", ...shared, columns };
    case "CONSTR_UNIQUE":
      return { kind: "unique", ...shared, columns, nullsNotDistinct: false };
    case "CONSTR_FOREIGN": {
      const references = { table: objectId(schema, pktable?.relname ?? ""), columns: named(pk_attrs) };
      const from = named(fk_attrs).length > 0 ? named(fk_attrs) : own;
      const actions = { onUpdate: "no action", onDelete: "no action", match: "simple" } as const;
      return { kind: "foreign key", ...shared, columns: from, references, ...actions };
    }
    default:
      return null;
  }
}

/** `REFERENCES singer` means its primary key. */
function withTargetKeys(tables: readonly Table[]): Table[] {
  const keys = new Map(
    tables.map(({ id, constraints }) => [id, constraints.find(({ kind }) => kind === "primary key")?.columns ?? []]),
  );
  return tables.map((table) => ({
    ...table,
    constraints: table.constraints.map((constraint) => {
      if (constraint.kind !== "foreign key" || constraint.references.columns.length > 0) return constraint;
      const { table: target } = constraint.references;
      return { ...constraint, references: { table: target, columns: keys.get(target) ?? [] } };
    }),
  }));
}
