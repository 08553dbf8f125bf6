import type { Problem } from "../../problem.ts";
import { ddlWords } from "../declared/ddl-words.ts";
import type { DeclaredForeignKey, DeclaredTable } from "../declared/declared-schema.ts";
import { columnType } from "./column-sql.ts";
import type { LinkedDocument, LinkedEnd, LinkedReference, LinkedTable } from "./linked.ts";
import { actionOf, nameOf, type DbmlContext } from "./names.ts";

/** A foreign key and the table it is in; a relation of many to many makes a table of its own. */
export type FoundReference =
  | { readonly kind: "key"; readonly of: LinkedTable; readonly key: DeclaredForeignKey }
  | { readonly kind: "table"; readonly table: DeclaredTable };

/** The end with many rows holds the key. Of one to one the first end does, as DBML says. */
export function referencesOf(
  document: LinkedDocument,
  context: DbmlContext,
  problems: Problem[],
): readonly FoundReference[] {
  return document.references.flatMap((ref) => {
    const [left, right] = ref.ends;
    if (ref.inactive || left.columns.length === 0 || right.columns.length === 0) return [];
    const [leftMany, rightMany] = [isMany(left), isMany(right)];
    if (leftMany && rightMany) return [manyToMany(ref, document, context, problems)];
    const first = leftMany ? left : holderOfOne(left, right);
    const holder = rightMany ? right : first;
    const other = holder === left ? right : left;
    return [{ kind: "key", of: holder.table, key: keyOf(ref, { holder, other }, context) }];
  });
}

/** Of two ends with one row the key is on the one that is no primary key of its own. */
function holderOfOne(left: LinkedEnd, right: LinkedEnd): LinkedEnd {
  const isKey = ({ columns }: LinkedEnd): boolean => columns.every(({ pk }) => pk);
  return isKey(left) && !isKey(right) ? right : left;
}

/** `*` in documents of today, `0..*` and `1..*` where the parser keeps what is optional. */
const isMany = ({ relation }: LinkedEnd): boolean => relation.endsWith("*");

function keyOf(
  ref: LinkedReference,
  { holder, other }: { readonly holder: LinkedEnd; readonly other: LinkedEnd },
  { dialect }: DbmlContext,
): DeclaredForeignKey {
  const onDelete = actionOf(ref.onDelete);
  const onUpdate = actionOf(ref.onUpdate);
  return {
    ...(ref.name ? { name: ref.name } : {}),
    columns: holder.columns.map(({ name }) => name),
    to: nameOf(other.table.schema, other.table.name, ddlWords(dialect)),
    toColumns: other.columns.map(({ name }) => name),
    ...(onDelete ? { onDelete } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    line: ref.line,
  };
}

/** As the tools of DBML do: a table of the two keys, with both as its primary key. */
function manyToMany(
  { ends: [left, right], name: given, line, column }: LinkedReference,
  document: LinkedDocument,
  { dialect, path }: DbmlContext,
  problems: Problem[],
): FoundReference {
  const words = ddlWords(dialect);
  const { table: from } = left;
  const { table: to } = right;
  const name = given || `${from.name}_${to.name}`;
  const columnsOf = (end: LinkedEnd): DeclaredTable["columns"] =>
    end.columns.map((field) => ({
      name: `${end.table.name}_${field.name}`,
      type: columnType(field, document.enumOf(field), dialect, words).replace(/serial$/i, "int"),
      nullable: false,
      line,
    }));
  const [first, second] = [columnsOf(left), columnsOf(right)];
  const keyTo = (columns: DeclaredTable["columns"], end: LinkedEnd): DeclaredForeignKey => ({
    columns: columns.map((one) => one.name),
    to: nameOf(end.table.schema, end.table.name, words),
    toColumns: end.columns.map((field) => field.name),
    line,
  });
  problems.push({
    code: "QG721",
    severity: "info",
    message: `the relation of many to many between ${from.name} and ${to.name} was read as a table ${name}`,
    help: "Write the table between them to name it and its columns.",
    origin: { file: path, line, column },
  });
  const made: DeclaredTable = {
    ...nameOf(from.schema, name, words),
    columns: [...first, ...second],
    primaryKey: { columns: [...first, ...second].map((one) => ({ column: one.name })), line },
    uniques: [],
    checks: [],
    indexes: [],
    foreignKeys: [keyTo(first, left), keyTo(second, right)],
    line,
  };
  return { kind: "table", table: made };
}
