import type { ReferentialAction } from "../../model.ts";
import type { DeclaredForeignKey, DeclaredTable } from "../declared/declared-schema.ts";
import { columnSqlType } from "./columns.ts";
import { columnName, columnsOf, constraintName, databaseName, schemaOf, type PrismaContext } from "./context.ts";
import { argument, attributeOf, textOf, wordOf, type PrismaBlock, type PrismaField } from "./syntax.ts";

/** The foreign keys of a model: its relations with `fields`. */
export function foreignKeys(context: PrismaContext, model: PrismaBlock): readonly DeclaredForeignKey[] {
  return model.fields.flatMap((field): readonly DeclaredForeignKey[] => {
    const target = context.models.get(field.type);
    const relation = attributeOf(field, "relation");
    const columns = columnsOf(model, argument(relation, "fields"));
    if (!target || !relation || columns.length === 0) return [];
    const name = textOf(argument(relation, "map")) ?? constraintName(context, databaseName(model), columns, "fkey");
    const key = {
      name,
      columns,
      to: { ...schemaOf(target), name: databaseName(target) },
      toColumns: columnsOf(target, argument(relation, "references")),
      line: context.lineOf(field),
    };
    if (!context.keepsRelations) return [{ ...key, enforced: false }];
    const { restrict } = context.provider;
    const onDelete = actionOf(wordOf(argument(relation, "onDelete"))) ?? (field.isOptional ? "set null" : restrict);
    const onUpdate = actionOf(wordOf(argument(relation, "onUpdate"))) ?? "cascade";
    return [{ ...key, onDelete, onUpdate }];
  });
}

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map([
  ["Cascade", "cascade"],
  ["Restrict", "restrict"],
  ["NoAction", "no action"],
  ["SetNull", "set null"],
  ["SetDefault", "set default"],
]);

const actionOf = (word: string | undefined): ReferentialAction | undefined =>
  word === undefined ? undefined : ACTIONS.get(word);

/** The tables that Prisma makes for lists on both ends of a relation. */
export function joinTables(context: PrismaContext): readonly DeclaredTable[] {
  const made = new Map<string, DeclaredTable>();
  for (const model of context.models.values()) {
    for (const field of model.fields) {
      const other = context.models.get(field.type);
      if (!field.isList || !other || !isManyToMany(context, { model, field, other })) continue;
      const [a = model, b = other] = [model, other].sort((left, right) => (left.name < right.name ? -1 : 1));
      const name = `_${relationName(field) ?? `${a.name}To${b.name}`}`;
      if (!made.has(name)) made.set(name, joinTable(context, { name, a, b, line: context.lineOf(field) }));
    }
  }
  return [...made.values()];
}

interface Ends {
  readonly model: PrismaBlock;
  readonly field: PrismaField;
  readonly other: PrismaBlock;
}

/** The other end is a list of this model too, under the same name. */
function isManyToMany(context: PrismaContext, { model, field, other }: Ends): boolean {
  const relation = attributeOf(field, "relation");
  if (columnsOf(model, argument(relation, "fields")).length > 0) return false;
  const name = relationName(field);
  return other.fields.some(
    (back) =>
      back.type === model.name && back.isList && relationName(back) === name && (back !== field || other !== model),
  );
}

const relationName = (field: PrismaField): string | undefined =>
  textOf(argument(attributeOf(field, "relation"), "name", true));

function joinTable(
  context: PrismaContext,
  {
    name,
    a,
    b,
    line,
  }: { readonly name: string; readonly a: PrismaBlock; readonly b: PrismaBlock; readonly line: number },
): DeclaredTable {
  const { provider, keepsRelations } = context;
  const end = (model: PrismaBlock, column: "A" | "B") => {
    const id = model.fields.find((field) => attributeOf(field, "id"));
    const key: DeclaredForeignKey = {
      name: constraintName(context, name, [column], "fkey"),
      columns: [column],
      to: { ...schemaOf(model), name: databaseName(model) },
      toColumns: [id ? columnName(id) : "id"],
      ...(keepsRelations ? { onDelete: "cascade", onUpdate: "cascade" } : { enforced: false }),
      line,
    };
    return { column: { name: column, type: id ? columnSqlType(context, id) : "INTEGER", nullable: false, line }, key };
  };
  const [first, second] = [end(a, "A"), end(b, "B")];
  const unique = constraintName(context, name, ["AB"], "unique");
  const both = [{ column: "A" }, { column: "B" }];
  return {
    ...schemaOf(a),
    name,
    columns: [first.column, second.column],
    ...(provider.joinsByPrimaryKey
      ? { primaryKey: { name: constraintName(context, name, ["AB"], "pkey"), columns: both, line } }
      : {}),
    uniques: provider.uniqueIsIndex || provider.joinsByPrimaryKey ? [] : [{ name: unique, columns: ["A", "B"], line }],
    checks: [],
    indexes: [
      ...(provider.uniqueIsIndex && !provider.joinsByPrimaryKey
        ? [{ name: unique, keys: both, unique: true, line }]
        : []),
      { name: constraintName(context, name, ["B"], "index"), keys: [{ column: "B" }], unique: false, line },
    ],
    foreignKeys: [first.key, second.key],
    line,
  };
}
