import type { Constraint, Index } from "../../model.ts";
import { objectId } from "../../object-id.ts";
import { resolveTarget } from "../../languages/sql/mssql/apply-table.ts";
import type { Draft, DraftConstraint, DraftIndex, DraftTable } from "../../languages/sql/mssql/draft.ts";
import { quoteName } from "./facts.ts";
import { common } from "./named.ts";

const keyList = (keys: DraftConstraint["keys"]): string =>
  keys.map(({ column, descending }) => quoteName(column.name) + (descending ? " DESC" : "")).join(", ");

export function constraintOf(draft: Draft, own: DraftTable, constraint: DraftConstraint): Constraint {
  const base = {
    id: objectId(own.schema, own.name, constraint.name),
    ...common(constraint),
    columns: constraint.keys.map(({ column }) => column.name),
    deferrable: false,
    initiallyDeferred: false,
    validated: constraint.validated,
  };
  switch (constraint.kind) {
    case "primary key":
    case "unique": {
      const clustered = constraint.clustered === true;
      const words = `${constraint.kind === "unique" ? "UNIQUE" : "PRIMARY KEY"} ${clustered ? "CLUSTERED" : "NONCLUSTERED"}`;
      const key = { ...base, clustered, definition: `${words} (${keyList(constraint.keys)})` };
      // A unique key takes one NULL only.
      return constraint.kind === "unique"
        ? { kind: "unique", nullsNotDistinct: true, ...key }
        : { kind: "primary key", ...key };
    }
    case "check": {
      const expression = constraint.expression ?? "";
      return { kind: "check", ...base, definition: `CHECK (${expression})`, expression, enforced: constraint.enforced };
    }
    case "foreign key":
      return foreignKey(draft, constraint, base);
  }
}

type ConstraintBase = Omit<Constraint, "kind" | "definition">;

function foreignKey(draft: Draft, constraint: DraftConstraint, base: ConstraintBase): Constraint {
  const { target, onDelete = "no action", onUpdate = "no action" } = constraint;
  const found = target?.table ?? (target ? draft.table(target.ref) : undefined);
  const resolved = target?.resolved ?? (found && target ? resolveTarget(found, target.columns).resolved : undefined);
  const columns = resolved?.map((column) => column.name) ?? target?.columns ?? [];
  const schema = found?.schema ?? target?.ref.schema ?? "";
  const name = found?.name ?? target?.ref.name ?? "";
  const actions = [
    ...(onDelete === "no action" ? [] : [` ON DELETE ${onDelete.toUpperCase()}`]),
    ...(onUpdate === "no action" ? [] : [` ON UPDATE ${onUpdate.toUpperCase()}`]),
  ].join("");
  const to = `${quoteName(schema)}.${quoteName(name)} (${columns.map(quoteName).join(", ")})`;
  return {
    kind: "foreign key",
    ...base,
    // A disabled foreign key is not trusted either.
    definition: `FOREIGN KEY (${keyList(constraint.keys)}) REFERENCES ${to}${actions}`,
    references: { table: objectId(schema, name), columns },
    onDelete,
    onUpdate,
    match: "simple",
    ...(constraint.enforced ? {} : { enforced: false }),
  };
}

/** The index behind a primary or unique key. */
export function keyIndex(own: DraftTable, key: DraftConstraint): Index[] {
  if (key.kind !== "primary key" && key.kind !== "unique") return [];
  const index: DraftIndex = {
    kind: "index",
    number: key.number,
    name: key.name,
    method: key.hash === true ? "hash" : "btree",
    unique: true,
    clustered: key.clustered === true,
    keys: key.keys,
    include: [],
    valid: true,
    origin: key.origin,
  };
  return [{ ...indexOf(own, index), primary: key.kind === "primary key", constraint: key.name }];
}

export function indexOf(own: { readonly schema: string; readonly name: string }, index: DraftIndex): Index {
  const include = index.include.map((column) => column.name);
  const words = [
    "CREATE",
    ...(index.unique ? ["UNIQUE"] : []),
    ...(METHOD_WORDS[index.method] ?? [index.clustered ? "CLUSTERED" : "NONCLUSTERED"]),
    ...(index.method === "columnstore" ? [index.clustered ? "CLUSTERED COLUMNSTORE" : "NONCLUSTERED COLUMNSTORE"] : []),
    "INDEX",
    quoteName(index.name),
    "ON",
    `${quoteName(own.schema)}.${quoteName(own.name)}`,
    ...(index.keys.length === 0 ? [] : [`(${keyList(index.keys)})`]),
    ...(include.length === 0 ? [] : [`INCLUDE (${include.map(quoteName).join(", ")})`]),
    ...(index.predicate === undefined ? [] : [`WHERE ${index.predicate}`]),
  ];
  return {
    kind: "index",
    id: objectId(own.schema, own.name, index.name),
    ...common(index),
    method: index.method,
    keys: index.keys.map(({ column, descending }) => ({ column: column.name, ...(descending ? { descending } : {}) })),
    include,
    ...(index.predicate === undefined ? {} : { predicate: index.predicate }),
    unique: index.unique,
    ...(index.unique ? { nullsNotDistinct: true } : {}),
    primary: false,
    valid: index.valid,
    ...(index.clustered ? { clustered: true } : {}),
    definition: words.join(" "),
  };
}

const METHOD_WORDS: Readonly<Record<string, readonly string[]>> = {
  columnstore: [],
  xml: ["XML"],
  spatial: ["SPATIAL"],
  fulltext: ["FULLTEXT"],
  hash: ["NONCLUSTERED HASH"],
};
