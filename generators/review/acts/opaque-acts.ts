import type { Change } from "#schemas/change.ts";
import { isChangeOf } from "#schemas/change.ts";
import type { Index, ModelObject } from "#schemas/model.ts";
import { objectId, parseObjectId, type ObjectId } from "#schemas/object-id.ts";
import type { Touch } from "#schemas/replay/recorder.ts";
import type { Act, RelationRef } from "./act.ts";

/** What a statement that no parser can look into may have done, and what the others are known to have done. */
interface OpaqueInput {
  readonly touched: readonly Touch[];
  readonly changes: readonly Change[];
  /** Keys of what the statements with a syntax tree did, as `actKey` makes them. */
  readonly explained: ReadonlySet<string>;
}

/**
 * The acts of a DO block or a called function: the changes of the tables it touched that no other statement explains.
 * The engine says what it touched; the models say what became of it.
 */
export function opaqueActs({ touched, changes, explained }: OpaqueInput): readonly Act[] {
  const identities = touched.map(({ identity }) => identity);
  const acts = changes.flatMap((change) => {
    const table = tableOf(change);
    if (table === undefined) return [];
    const names = [table, ...schemaNameOf(change)];
    // PostgreSQL names a trigger `name on table`.
    const isTouched = identities.some(
      (id) => names.includes(id) || id.startsWith(`${table}.`) || id.endsWith(` on ${table}`),
    );
    return isTouched ? actsOfChange(change, { id: table, current: table, isNew: false }) : [];
  });
  return acts.filter((act) => !explained.has(actKey(act)));
}

/** Equal for acts that do the same thing to the same object. */
export function actKey(act: Act): string {
  const table = "table" in act ? act.table.id : "";
  return JSON.stringify([act.kind, table, detailOf(act)]);
}

function detailOf(act: Act): string {
  if (!("column" in act)) return "name" in act ? (act.name ?? "") : "";
  return typeof act.column === "string" ? act.column : act.column.name;
}

/** The old table that a change is about; undefined for objects of their own and for new tables. */
function tableOf(change: Change): ObjectId | undefined {
  if (change.object !== "table") return change.parent;
  if (change.kind === "added") return undefined;
  return change.kind === "renamed" ? change.from : change.id;
}

/** PostgreSQL names an index by its schema, not by its table. */
function schemaNameOf({ id, object }: Change): readonly ObjectId[] {
  const [schema, , name] = object === "index" ? (parseObjectId(id) ?? []) : [];
  return schema === undefined || name === undefined ? [] : [objectId(schema, name)];
}

function actsOfChange(change: Change, table: RelationRef): readonly Act[] {
  if (isChangeOf(change, "column")) return columnActs(change, table);
  if (isChangeOf(change, "table")) {
    if (change.kind === "dropped") return [{ kind: "drop table", table, what: "table" }];
    return change.kind === "renamed" ? [{ kind: "rename table", table, to: change.id }] : [];
  }
  if (change.kind === "dropped") return droppedActs(change.before, table);
  if (change.kind !== "added") return [];
  const made = change.after;
  switch (made.kind) {
    case "index":
      return made.constraint === undefined ? [indexAct(made, table)] : [];
    case "trigger":
      return [{ kind: "create trigger", table, name: made.name }];
    case "check":
    case "foreign key":
    case "unique":
    case "primary key":
    case "exclude": {
      const { kind: constraint, name, columns, validated } = made;
      const target = made.kind === "foreign key" ? made.references.table : undefined;
      const cascades = made.kind === "foreign key" && made.onDelete === "cascade" ? { cascades: true as const } : {};
      const references = target === undefined ? {} : { references: { id: target, current: target, isNew: false } };
      const plain = { kind: "add constraint", table, constraint, name, columns, isNotValid: !validated } as const;
      return [{ ...plain, isInline: false, ...references, ...cascades }];
    }
    default:
      return [];
  }
}

function droppedActs(gone: ModelObject, table: RelationRef): readonly Act[] {
  switch (gone.kind) {
    case "check":
    case "foreign key":
    case "unique":
    case "primary key":
    case "exclude":
      return [{ kind: "drop constraint", table, name: gone.name }];
    case "trigger":
      return [{ kind: "drop trigger", table, name: gone.name }];
    default:
      return [];
  }
}

function indexAct({ name, unique, keys, predicate }: Index, table: RelationRef): Act {
  const columns = keys.flatMap(({ column }) => column ?? []);
  return {
    kind: "create index",
    table,
    name,
    columns,
    isUnique: unique,
    isConcurrent: false,
    isOnly: false,
    ifNotExists: false,
    isPartial: predicate !== undefined || columns.length < keys.length,
  };
}

function columnActs(change: Change<"column">, table: RelationRef): readonly Act[] {
  switch (change.kind) {
    case "dropped":
      return [{ kind: "drop column", table, column: change.before.name, isCascade: false }];
    case "renamed":
      return [{ kind: "rename column", table, column: change.before.name, to: change.after.name }];
    case "added": {
      const { name, nullable, default: text, identity, generated, type } = change.after;
      return [
        {
          kind: "add column",
          table,
          column: {
            name,
            required: !nullable,
            default: text === undefined ? null : { isConstant: false, functions: [] },
            isSerial: false,
            isIdentity: identity !== undefined,
            isStored: generated?.stored === true,
            isVirtual: generated?.stored === false,
            ...(type.typeId === undefined || type.family === "enum" ? {} : { domain: type.typeId }),
          },
        },
      ];
    }
    case "changed": {
      const { before, after, fields } = change;
      const becameRequired = before.nullable && !after.nullable;
      const becameOptional = !before.nullable && after.nullable;
      return [
        ...(becameOptional ? [{ kind: "drop not null", table, column: after.name } as const] : []),
        ...(becameRequired ? [{ kind: "set not null", table, column: after.name } as const] : []),
        ...(fields.includes("type") ? [{ kind: "change type", table, column: after.name } as const] : []),
      ];
    }
    default:
      return change satisfies never;
  }
}
