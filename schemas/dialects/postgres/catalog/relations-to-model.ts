import type { Column, Grant, Policy, Table, Trigger, View } from "#schemas/model.ts";
import { objectId } from "#schemas/object-id.ts";
import { dataType } from "../types.ts";
import { constraints, indexes } from "./keys-to-model.ts";
import { idOf } from "./routines-to-model.ts";
import type { ColumnRow, PolicyRow, RelationRow, TriggerRow } from "./rows.ts";
import { CATALOG, origin, sorted, type CatalogContext } from "./context.ts";

/** Tables and views with everything nested in them. */
export function relations(context: CatalogContext): { tables: Table[]; views: View[] } {
  const parts = nestedRows(context);
  const tables: Table[] = [];
  const views: View[] = [];
  for (const row of context.rows.relations) {
    if (context.isBookkeeping(row.schema, row.name)) continue;
    if (row.kind === "v" || row.kind === "m") views.push(view(context, row, parts));
    else tables.push(table(context, row, parts));
  }
  return { tables: sorted(tables), views: sorted(views) };
}

function table(context: CatalogContext, row: RelationRow, parts: NestedRows): Table {
  const parents = (row.parents ?? []).map(([schema, name]) => objectId(schema, name));
  const [parent] = parents;
  const isPartition = row.bound !== null && parent !== undefined;
  return {
    kind: "table",
    ...identity(context, row, parts),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any other letter finds nothing.
    variant: ({ p: "partitioned", f: "foreign" } as const)[row.kind as "p"] ?? "table",
    persistence: ({ p: "permanent", u: "unlogged", t: "temporary" } as const)[row.persistence],
    columns: columns(context, row, parts),
    constraints: constraints(context, row, parts.constraints.get(row.oid) ?? []),
    indexes: indexes(context, row, parts.indexes.get(row.oid) ?? [], parts.constraints.get(row.oid) ?? []),
    triggers: (parts.triggers.get(row.oid) ?? []).map((trigger) => toTrigger(context, row, trigger, parts)),
    policies: (parts.policies.get(row.oid) ?? []).map((policy) => toPolicy(context, row, policy)),
    ...(row.partkey === null ? {} : { partitionKey: row.partkey }),
    ...(isPartition ? { partitionOf: { parent, bound: row.bound ?? "" } } : {}),
    ...(!isPartition && parents.length > 0 ? { inherits: parents } : {}),
    ...(row.rls ? { rowSecurity: { forced: row.forced } } : {}),
    ...options(row),
    ...(context.hasRows && row.rows >= 0 ? { rowEstimate: row.rows } : {}),
  };
}

function view(context: CatalogContext, row: RelationRow, parts: NestedRows): View {
  return {
    kind: "view",
    ...identity(context, row, parts),
    materialized: row.kind === "m",
    columns: columns(context, row, parts),
    definition: (row.definition ?? "").trim(),
    dependsOn: parts.reads.get(row.oid) ?? [],
    indexes: indexes(context, row, parts.indexes.get(row.oid) ?? [], []),
    triggers: (parts.triggers.get(row.oid) ?? []).map((trigger) => toTrigger(context, row, trigger, parts)),
    ...options(row),
    ...(row.kind === "m" ? { populated: row.populated } : {}),
  };
}

function identity(context: CatalogContext, row: RelationRow, parts: NestedRows) {
  return {
    id: objectId(row.schema, row.name),
    name: row.name,
    schema: row.schema,
    ...relationRights(context, row, parts),
    ...origin(context.originOf(CATALOG.class, row.oid)),
  };
}

/** A relation's own rights and those limited to columns. */
function relationRights(context: CatalogContext, row: RelationRow, parts: NestedRows) {
  const owned = context.owned(row);
  const byRight = new Map<string, { grantee: string; privilege: string; columns: string[] }>();
  for (const column of parts.columns.get(row.oid) ?? []) {
    for (const { grantee, privileges } of column.acl ?? []) {
      for (const privilege of privileges) {
        const key = `${grantee}\u0000${privilege}`;
        const entry = byRight.get(key) ?? { grantee, privilege, columns: [] };
        entry.columns.push(column.name);
        byRight.set(key, entry);
      }
    }
  }
  const limited: Grant[] = [...byRight.keys()].sort().flatMap((key) => {
    const entry = byRight.get(key);
    return entry ? [{ grantee: entry.grantee, privileges: [entry.privilege], columns: entry.columns }] : [];
  });
  return limited.length === 0 ? owned : { ...owned, grants: [...(owned.grants ?? []), ...limited] };
}

function columns(context: CatalogContext, row: RelationRow, parts: NestedRows): Column[] {
  return (parts.columns.get(row.oid) ?? []).map((column, position) => {
    const sequence = parts.identities.get(`${column.rel}.${column.num}`);
    const notNull = parts.notNulls.get(`${column.rel}.${column.name}`);
    const type = context.rows.columnTypes[column.type];
    if (!type) throw new Error(`The catalog's answer lacks the type of ${column.name}: this is a fault of QueryGenie.`);
    return {
      kind: "column",
      id: objectId(row.schema, row.name, column.name),
      name: column.name,
      position: position + 1,
      type: dataType(type, column.ndims),
      nullable: !column.notnull,
      ...(column.default !== null && column.generated === null ? { default: column.default } : {}),
      ...(column.identity === null
        ? {}
        : {
            identity: {
              always: column.identity === "a",
              start: sequence?.start ?? "1",
              increment: sequence?.increment ?? "1",
            },
          }),
      ...(column.generated === null || column.default === null
        ? {}
        : { generated: { expression: column.default, stored: column.generated === "s" } }),
      ...(column.collation === null ? {} : { collation: column.collation }),
      ...(notNull === undefined ? {} : { notNullName: notNull }),
      ...(column.local ? {} : { inherited: true }),
      ...(column.comment === null ? {} : { comment: column.comment }),
      ...origin(context.originOf(CATALOG.class, column.rel, column.num)),
    };
  });
}

// Bits of pg_trigger.tgtype (catalog/pg_trigger.h).
const ROW = 1;
const BEFORE = 2;
const INSERT = 4;
const DELETE = 8;
const UPDATE = 16;
const TRUNCATE = 32;
const INSTEAD = 64;

function toTrigger(context: CatalogContext, table: RelationRow, row: TriggerRow, parts: NestedRows): Trigger {
  const events = (
    [
      ["insert", INSERT],
      ["update", UPDATE],
      ["delete", DELETE],
      ["truncate", TRUNCATE],
    ] as const
  )
    .filter(([, bit]) => (row.type & bit) !== 0)
    .map(([event]) => event);
  const routine = parts.routineIds.get(row.proc);
  const when = /\sWHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) /s.exec(row.definition)?.[1];
  const before = (row.type & BEFORE) !== 0 ? "before" : "after";
  return {
    kind: "trigger",
    id: objectId(table.schema, table.name, row.name),
    name: row.name,
    timing: (row.type & INSTEAD) !== 0 ? "instead of" : before,
    events,
    level: (row.type & ROW) !== 0 ? "row" : "statement",
    ...(row.columns === null ? {} : { columns: row.columns }),
    ...(when === undefined ? {} : { when }),
    ...(routine === undefined ? {} : { routine }),
    enabled: ({ O: "origin", D: "disabled", R: "replica", A: "always" } as const)[row.enabled],
    definition: row.definition,
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...origin(context.originOf(CATALOG.trigger, row.oid)),
  };
}

function toPolicy(context: CatalogContext, table: RelationRow, row: PolicyRow): Policy {
  return {
    kind: "policy",
    id: objectId(table.schema, table.name, row.name),
    name: row.name,
    command: ({ "*": "all", r: "select", a: "insert", w: "update", d: "delete" } as const)[row.command],
    permissive: row.permissive,
    roles: row.roles ?? [],
    ...(row.using === null ? {} : { using: row.using }),
    ...(row.check === null ? {} : { check: row.check }),
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...origin(context.originOf(CATALOG.policy, row.oid)),
  };
}

function options(row: RelationRow): { options?: Readonly<Record<string, string>> } {
  const pairs = [
    ...(row.options ?? []).map((option) => pair(option)),
    ...(row.server === null
      ? []
      : [["server", row.server.server] as const, ...(row.server.options ?? []).map((option) => pair(option))]),
  ];
  return pairs.length === 0 ? {} : { options: Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function pair(option: string): readonly [string, string] {
  const at = option.indexOf("=");
  return at < 0 ? [option, ""] : [option.slice(0, at), option.slice(at + 1)];
}

type NestedRows = ReturnType<typeof nestedRows>;

/** All nested rows by the oid of their relation, once for the whole catalog. */
function nestedRows({ rows }: CatalogContext) {
  const routineIds = new Map(rows.routines.map((row) => [row.oid, idOf(row)]));
  const ids = new Map(rows.relations.map((row) => [row.oid, objectId(row.schema, row.name)]));
  const reads = new Map<number, string[]>();
  for (const [viewOid, catalog, object] of rows.dependencies) {
    const id = catalog === CATALOG.class ? ids.get(object) : routineIds.get(object);
    if (id !== undefined) reads.set(viewOid, [...(reads.get(viewOid) ?? []), id].sort());
  }
  const identities = new Map(
    rows.sequences.flatMap((row) =>
      row.ownedBy?.dep === "i" ? [[`${row.ownedBy.rel}.${row.ownedBy.num}`, row] as const] : [],
    ),
  );
  const notNulls = new Map(
    rows.constraints.flatMap((row) =>
      row.kind === "n" ? [[`${row.rel}.${row.columns?.[0] ?? ""}`, row.name] as const] : [],
    ),
  );
  const columnRows: Map<number, ColumnRow[]> = byRelation(rows.columns);
  return {
    routineIds,
    reads,
    identities,
    notNulls,
    columns: columnRows,
    constraints: byRelation(rows.constraints),
    indexes: byRelation(rows.indexes),
    triggers: byRelation(rows.triggers),
    policies: byRelation(rows.policies),
  };
}

function byRelation<T extends { readonly rel: number }>(rows: readonly T[]): Map<number, T[]> {
  return Map.groupBy(rows, (row) => row.rel);
}
