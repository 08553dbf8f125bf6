import type { Constraint, Index, Policy, Table, Trigger } from "#schemas/model.ts";
import { objectId, routineId } from "#schemas/object-id.ts";
import { buildColumns, byId, pick, split } from "./draft-parts.ts";
import type { TypeOf } from "./draft-parts.ts";
import type { IndexDraft, TableDraft, TriggerDraft } from "./model-draft.ts";

/** A table with the constraints, indexes and triggers an engine would make for the draft. */
export function buildTable(draft: TableDraft, typeOf: TypeOf): Table {
  const names = split(draft.name);
  const nested = (name: string) => ({ id: `${names.id}.${objectId(name)}`, name });
  const on = `${names.id} USING`;
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  const base = { deferrable: false, initiallyDeferred: false, validated: true };
  const addKey = (kind: "primary key" | "unique", name: string, columns: readonly string[]) => {
    const definition = `${kind.toUpperCase()} (${columns.join(", ")})`;
    const key = { ...base, ...nested(name), columns, definition };
    constraints.push(kind === "unique" ? { kind, ...key, nullsNotDistinct: false } : { kind, ...key });
    const index = { name, columns, unique: true };
    indexes.push({ ...buildIndex(index, on, nested(name).id), primary: kind === "primary key", constraint: name });
  };
  if (draft.primaryKey) addKey("primary key", draft.primaryKeyName ?? `${names.name}_pkey`, draft.primaryKey);
  for (const { name, columns } of draft.uniques ?? []) {
    addKey("unique", name ?? `${names.name}_${columns.join("_")}_key`, columns);
  }
  for (const { name, expression } of draft.checks ?? []) {
    const definition = `CHECK (${expression})`;
    constraints.push({ kind: "check", ...base, ...nested(name), columns: [], definition, expression, enforced: true });
  }
  for (const { name, columns, to, toColumns = ["id"], onDelete = "no action", match = "simple" } of draft.foreignKeys ??
    []) {
    const definition = `FOREIGN KEY (${columns.join(", ")}) REFERENCES ${split(to).id}(${toColumns.join(", ")})`;
    const references = { table: split(to).id, columns: toColumns };
    const actions = { onUpdate: "no action", onDelete, match } as const;
    const own = nested(name ?? `${names.name}_${columns.join("_")}_fkey`);
    constraints.push({ kind: "foreign key", ...base, ...own, columns, definition, references, ...actions });
  }
  for (const { name, definition } of draft.excludes ?? []) {
    constraints.push({ kind: "exclude", ...base, ...nested(name), columns: [], definition });
  }
  for (const index of draft.indexes ?? []) indexes.push(buildIndex(index, on, nested(index.name).id));
  return {
    kind: "table",
    ...names,
    ...pick(draft),
    ...(draft.owner && { owner: draft.owner }),
    ...(draft.grants && { grants: draft.grants }),
    variant: draft.partitionKey ? "partitioned" : "table",
    persistence: draft.unlogged ? "unlogged" : "permanent",
    columns: buildColumns(draft.columns, names.id, typeOf),
    constraints: byId(constraints),
    indexes: byId(indexes),
    triggers: byId((draft.triggers ?? []).map((trigger) => buildTrigger(trigger, names.id, nested(trigger.name).id))),
    policies: byId((draft.policies ?? []).map(({ name, using }): Policy => buildPolicy(nested(name), using))),
    ...(draft.partitionKey && { partitionKey: draft.partitionKey }),
    ...(draft.partitionOf && {
      partitionOf: { parent: split(draft.partitionOf.parent).id, bound: draft.partitionOf.bound },
    }),
    ...(draft.rowSecurity && { rowSecurity: { forced: false } }),
  };
}

function buildIndex(
  { name, columns, unique = false, predicate, method = "btree" }: IndexDraft,
  on: string,
  id: string,
): Index {
  const where = predicate ? ` WHERE (${predicate})` : "";
  return {
    kind: "index",
    id,
    name,
    method,
    keys: columns.map((column) => ({ column })),
    include: [],
    ...(predicate && { predicate }),
    unique,
    primary: false,
    valid: true,
    definition: `CREATE ${unique ? "UNIQUE " : ""}INDEX ${objectId(name)} ON ${on} ${method} (${columns.join(", ")})${where}`,
  };
}

function buildTrigger({ name, calls, timing = "before" }: TriggerDraft, table: string, id: string): Trigger {
  return {
    kind: "trigger",
    id,
    name,
    timing,
    events: ["insert", "update"],
    level: "row",
    routine: routineId(split(calls).schema, split(calls).name, []),
    enabled: "origin",
    definition: `CREATE TRIGGER ${objectId(name)} ${timing.toUpperCase()} INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${split(calls).id}()`,
  };
}

function buildPolicy(own: { readonly id: string; readonly name: string }, using: string): Policy {
  return { kind: "policy", ...own, command: "all", permissive: true, roles: ["public"], using };
}
