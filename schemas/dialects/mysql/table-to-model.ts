import {
  byName,
  type BuiltColumn,
  type BuiltForeignKey,
  type BuiltKey,
  type BuiltTable,
  type BuiltTrigger,
} from "../../languages/sql/mysql/built.ts";
import type { CheckConstraint, Column, Constraint, ForeignKey, Index, Table, Trigger } from "../../model.ts";
import { columnId, objectId, type ObjectId } from "../../object-id.ts";
import { canonicalDefault } from "./defaults.ts";
import type { MysqlFacts } from "./facts.ts";
import { nameList, quoteName } from "./sql-text.ts";
import { byId } from "./by-id.ts";
import { baseType, dataType } from "./types.ts";

export function tableModel(table: BuiltTable, triggers: readonly BuiltTrigger[], facts: MysqlFacts): Table {
  const id = objectId(table.schema, table.name);
  const keys = table.keys.map((key) => ({ ...key, parts: key.parts }));
  const options = tableOptions(table);
  return {
    kind: "table",
    id,
    name: table.name,
    schema: table.schema,
    variant: table.partitioning ? "partitioned" : "table",
    persistence: "permanent",
    columns: table.columns.map((column, index) => columnModel(id, table, column, { position: index + 1, facts })),
    constraints: byId([
      ...keys.flatMap((key) => keyConstraint(id, key)),
      ...table.foreignKeys.map((foreignKey) => foreignKeyModel(id, foreignKey)),
      ...table.checks.map((check) => checkModel(id, table, check)),
    ]),
    indexes: byId(keys.map((key) => indexModel(id, key, table, facts))),
    triggers: byId(triggers.map((trigger) => triggerModel(id, trigger))),
    policies: [],
    ...(table.partitioning ? { partitionKey: table.partitioning.key } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(table.comment === undefined ? {} : { comment: table.comment }),
    origin: table.origin,
  };
}

/** Options by name; the next AUTO_INCREMENT value says something of rows, not of the schema. */
function tableOptions({
  options,
  charset,
  collation,
  partitioning,
  periods,
}: BuiltTable): Readonly<Record<string, string>> {
  const { auto_increment: _, ...rest } = options;
  const count = partitioning?.count;
  const partitions = partitioning?.partitions
    .map(({ name, definition }) => `${quoteName(name)} ${definition}`.trim())
    .join(", ");
  const all = {
    ...rest,
    ...Object.fromEntries(
      [...periods.values()].map(({ name, start, end }) => [`period ${name}`, `${quoteName(start)}, ${quoteName(end)}`]),
    ),
    ...(charset === undefined ? {} : { charset }),
    ...(collation === undefined ? {} : { collation }),
    ...(partitions === undefined || partitions === "" ? {} : { partitions }),
    ...(count === undefined ? {} : { "partition count": String(count) }),
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function columnModel(
  table: ObjectId,
  owner: BuiltTable,
  column: BuiltColumn,
  { position, facts }: { readonly position: number; readonly facts: MysqlFacts },
): Column {
  const base = baseType(column.type, facts, column.charset);
  const value = column.default === undefined ? undefined : canonicalDefault(column.default, base, facts);
  const update = column.onUpdate === undefined ? undefined : canonicalDefault(column.onUpdate, base, facts);
  return {
    kind: "column",
    id: columnId(table, column.name),
    name: column.name,
    position,
    type: dataType(column.type, facts, column.charset),
    nullable: column.nullable,
    ...(value === undefined ? {} : { default: value }),
    ...(column.autoIncrement ? { identity: { always: false, start: "1", increment: "1" } } : {}),
    ...(column.generated ? { generated: column.generated } : {}),
    // Only what differs from the table's is said; text that became bytes has none.
    ...(column.charset === undefined || column.charset === owner.charset || base.base.endsWith("b")
      ? {}
      : { charset: column.charset }),
    ...(column.collation === undefined || column.collation === owner.collation ? {} : { collation: column.collation }),
    ...(update === undefined ? {} : { onUpdate: update }),
    ...(column.invisible ? { invisible: true } : {}),
    ...(column.comment === undefined ? {} : { comment: column.comment }),
    origin: column.origin,
  };
}

const plain = { deferrable: false, initiallyDeferred: false, validated: true } as const;

/** Primary and unique keys are constraints as well as indexes. */
function keyConstraint(table: ObjectId, key: BuiltKey): Constraint[] {
  const columns = key.parts.flatMap(({ column }) => column ?? []);
  const common = { ...plain, id: columnId(table, key.name), name: key.name, columns, origin: key.origin };
  const comment = key.comment === undefined ? {} : { comment: key.comment };
  if (key.kind === "primary")
    return [{ kind: "primary key", ...common, definition: `PRIMARY KEY (${partList(key)})`, ...comment }];
  if (key.kind !== "unique") return [];
  return [
    {
      kind: "unique",
      ...common,
      definition: `UNIQUE KEY ${quoteName(key.name)} (${partList(key)})`,
      nullsNotDistinct: false,
      ...comment,
    },
  ];
}

function partList(key: BuiltKey): string {
  const { withoutOverlaps } = key;
  const ends = withoutOverlaps === undefined ? [] : [`${quoteName(withoutOverlaps)} WITHOUT OVERLAPS`];
  const own = withoutOverlaps === undefined ? key.parts : key.parts.slice(0, -2);
  return [...own.map(partText), ...ends].join(", ");
}

function partText({ column, expression, length, descending }: BuiltKey["parts"][number]): string {
  const what = column === undefined ? `(${expression ?? ""})` : quoteName(column);
  return `${what}${length === undefined ? "" : `(${length})`}${descending === true ? " DESC" : ""}`;
}

const KEY_WORDS = {
  primary: "PRIMARY KEY",
  unique: "UNIQUE KEY",
  index: "KEY",
  fulltext: "FULLTEXT KEY",
  spatial: "SPATIAL KEY",
} as const;

function indexModel(table: ObjectId, key: BuiltKey, owner: BuiltTable, facts: MysqlFacts): Index {
  const enforces = key.kind === "primary" || key.kind === "unique";
  const name = key.kind === "primary" ? "" : ` ${quoteName(key.name)}`;
  const parser = key.parser === undefined ? "" : ` WITH PARSER ${quoteName(key.parser)}`;
  return {
    kind: "index",
    id: columnId(table, key.name),
    name: key.name,
    method: method(key, owner),
    keys: key.parts.map(({ column, expression, length, descending }) => ({
      ...(column === undefined ? { expression: expression ?? "" } : { column }),
      ...(descending === true ? { descending } : {}),
      ...(length === undefined ? {} : { prefixLength: length }),
    })),
    include: [],
    unique: enforces,
    primary: key.kind === "primary",
    valid: true,
    ...(key.invisible ? { invisible: true } : {}),
    ...(enforces ? { constraint: key.name } : {}),
    definition: `${KEY_WORDS[key.kind]}${name} (${partList(key)})${parser}${key.invisible ? ` ${facts.hiddenIndex}` : ""}`,
    ...(key.comment === undefined ? {} : { comment: key.comment }),
    origin: key.origin,
  };
}

/** InnoDB makes trees whatever is asked for. */
function method(key: BuiltKey, { options }: BuiltTable): string {
  if (key.kind === "fulltext") return "fulltext";
  if (key.kind === "spatial") return "spatial";
  const engine = options["engine"]?.toLowerCase();
  const isMemory = engine === "memory" || engine === "heap";
  if (key.using === "hash") return isMemory ? "hash" : "btree";
  return key.using ?? (isMemory ? "hash" : "btree");
}

function foreignKeyModel(table: ObjectId, key: BuiltForeignKey): ForeignKey {
  const target = `${quoteName(key.schema)}.${quoteName(key.table)}`;
  const actions = `ON DELETE ${key.onDelete.toUpperCase()} ON UPDATE ${key.onUpdate.toUpperCase()}`;
  return {
    kind: "foreign key",
    ...plain,
    id: columnId(table, key.name),
    name: key.name,
    columns: key.columns,
    definition: `FOREIGN KEY (${nameList(key.columns)}) REFERENCES ${target} (${nameList(key.references)}) ${actions}${key.enforced === false ? " NOT ENFORCED" : ""}`,
    references: { table: objectId(key.schema, key.table), columns: key.references },
    onUpdate: key.onUpdate,
    onDelete: key.onDelete,
    match: key.match,
    ...(key.enforced === false ? { enforced: false } : {}),
    origin: key.origin,
  };
}

function checkModel(table: ObjectId, owner: BuiltTable, check: BuiltTable["checks"][number]): CheckConstraint {
  const column = check.column === undefined ? undefined : byName(owner.columns, check.column);
  return {
    kind: "check",
    ...plain,
    id: columnId(table, check.name),
    name: check.name,
    columns: column ? [column.name] : [],
    definition: `CHECK (${check.expression})${check.enforced ? "" : " NOT ENFORCED"}`,
    expression: check.expression,
    enforced: check.enforced,
    origin: check.origin,
  };
}

function triggerModel(table: ObjectId, { name, timing, event, definition, origin }: BuiltTrigger): Trigger {
  return {
    kind: "trigger",
    id: columnId(table, name),
    name,
    timing,
    events: [event],
    level: "row",
    enabled: "origin",
    definition,
    origin,
  };
}
