import type { DeclaredIndex, DeclaredKey, DeclaredTable, DeclaredUnique } from "../declared/declared-schema.ts";
import { columnName, columnsOf, constraintName, databaseName, type PrismaContext } from "./context.ts";
import {
  argument,
  attributeOf,
  textOf,
  wordOf,
  type PrismaAttribute,
  type PrismaBlock,
  type PrismaValue,
} from "./syntax.ts";

/** The primary key: `@id` of a field or `@@id` of the model. */
export function primaryKey(context: PrismaContext, model: PrismaBlock): Pick<DeclaredTable, "primaryKey"> {
  const block = attributeOf(model, "id");
  const field = model.fields.find((one) => attributeOf(one, "id"));
  const own = field && attributeOf(field, "id");
  const attribute = block ?? own;
  if (!attribute) return {};
  const columns = block ? keysOf(model, argument(block, "fields", true)) : [{ column: field ? columnName(field) : "" }];
  const given = textOf(argument(attribute, "map"));
  const name = given ?? constraintName(context, databaseName(model), [], "pkey");
  return {
    primaryKey: {
      columns: columns.map(({ order: _order, ...key }) => key),
      line: context.lineOf(attribute),
      ...(context.provider.namesPrimaryKeys ? { name } : {}),
    },
  };
}

export interface FoundIndexes {
  readonly indexes: readonly DeclaredIndex[];
  readonly uniques: readonly DeclaredUnique[];
}

export function indexesOf(context: PrismaContext, model: PrismaBlock): FoundIndexes {
  const indexes: DeclaredIndex[] = [];
  const uniques: DeclaredUnique[] = [];
  const add = (attribute: PrismaAttribute, keys: readonly DeclaredKey[], kind: "key" | "idx" | "fulltext"): void => {
    const columns = keys.map(({ column = "" }) => column);
    const suffix = kind === "fulltext" ? "idx" : kind;
    const given =
      textOf(argument(attribute, "map")) ?? (kind === "key" ? undefined : textOf(argument(attribute, "name")));
    const name = given ?? constraintName(context, databaseName(model), columns, suffix);
    const line = context.lineOf(attribute);
    if (kind === "key" && !context.provider.uniqueIsIndex) uniques.push({ name, columns, line });
    else {
      const method = kind === "fulltext" ? "fulltext" : methodOf(attribute);
      const where = whereOf(argument(attribute, "where"));
      indexes.push({
        name,
        keys,
        unique: kind === "key",
        ...(method === undefined ? {} : { method }),
        ...(where === undefined ? {} : { where }),
        ...(wordOf(argument(attribute, "clustered")) === "true" ? { clustered: true } : {}),
        line,
      });
    }
  };
  for (const field of model.fields) {
    const unique = attributeOf(field, "unique");
    if (unique) add(unique, [{ column: columnName(field), ...sortOf(argument(unique, "sort")) }], "key");
  }
  for (const attribute of model.attributes) {
    const kind = kinds.get(attribute.name);
    if (kind) add(attribute, keysOf(model, argument(attribute, "fields", true)), kind);
  }
  return { indexes, uniques };
}

const kinds: ReadonlyMap<string, "key" | "idx" | "fulltext"> = new Map([
  ["unique", "key"],
  ["index", "idx"],
  ["fulltext", "fulltext"],
]);

function keysOf(model: PrismaBlock, value: PrismaValue | undefined): readonly DeclaredKey[] {
  if (value?.kind !== "list") return [];
  return value.items.flatMap((item): readonly DeclaredKey[] => {
    const [column] = columnsOf(model, { kind: "list", items: [item] });
    if (column === undefined) return [];
    if (item.kind !== "call") return [{ column }];
    const of = (name: string): PrismaValue | undefined => item.arguments.find((one) => one.name === name)?.value;
    const length = of("length");
    const operatorClass = operatorClassOf(of("ops"));
    return [
      {
        column,
        ...sortOf(of("sort")),
        ...(length?.kind === "number" ? { length: Number(length.text) } : {}),
        ...(operatorClass === undefined ? {} : { operatorClass }),
      },
    ];
  });
}

const sortOf = (value: PrismaValue | undefined): { readonly order?: string } =>
  wordOf(value) === "Desc" ? { order: "DESC" } : {};

/** `raw("gin_trgm_ops")`, or a word of Prisma's own: `JsonbPathOps` is `jsonb_path_ops`. */
function operatorClassOf(value: PrismaValue | undefined): string | undefined {
  if (value?.kind === "call") return textOf(value.arguments[0]?.value);
  return wordOf(value)
    ?.replaceAll(/(?<!^)(?=[A-Z])/g, "_")
    .toLowerCase();
}

const methodOf = (attribute: PrismaAttribute): string | undefined => {
  const method = wordOf(argument(attribute, "type"))?.toLowerCase();
  return method === "btree" ? undefined : method;
};

function whereOf(value: PrismaValue | undefined): string | undefined {
  return value?.kind === "call" ? textOf(value.arguments[0]?.value) : undefined;
}
