import type { Database } from "@dbml/core";
import type { Problem } from "../../problem.ts";
import { ddlWords } from "../declared/ddl-words.ts";
import type { DeclaredForeignKey, DeclaredTable } from "../declared/declared-schema.ts";
import { columnType } from "./column-sql.ts";
import { actionOf, nameOf, type DbmlContext } from "./names.ts";

type Ref = Database["schemas"][number]["refs"][number];
type Endpoint = Ref["endpoints"][number];
type Table = Database["schemas"][number]["tables"][number];

/** A foreign key and the table it is in; a relation of many to many makes a table of its own. */
export type FoundReference =
  | { readonly kind: "key"; readonly of: Table; readonly key: DeclaredForeignKey }
  | { readonly kind: "table"; readonly table: DeclaredTable };

/** The end with many rows holds the key. Of one to one the first end does, as DBML says. */
export function referencesOf(database: Database, context: DbmlContext, problems: Problem[]): readonly FoundReference[] {
  const refs = database.schemas.flatMap((schema) => schema.refs);
  return refs.flatMap((ref) => {
    const [left, right] = ref.endpoints;
    const [from, to] = [left && tableOf(left), right && tableOf(right)];
    if (!left || !right || !from || !to) return [];
    const [leftMany, rightMany] = [isMany(left), isMany(right)];
    if (ref.inactive === true) return [];
    if (leftMany && rightMany) return [manyToMany(ref, { left, right, from, to }, context, problems)];
    const first = leftMany ? left : holderOfOne(left, right);
    const holder = rightMany ? right : first;
    const other = holder === left ? right : left;
    const [of, target] = holder === left ? [from, to] : [to, from];
    return [{ kind: "key", of, key: keyOf(ref, { holder, other, target }, context) }];
  });
}

/** Of two ends with one row the key is on the one that is no primary key of its own. */
function holderOfOne(left: Endpoint, right: Endpoint): Endpoint {
  const isKey = ({ fields }: Endpoint): boolean => fields.length > 0 && fields.every(({ pk }) => pk);
  return isKey(left) && !isKey(right) ? right : left;
}

const tableOf = ({ fields }: Endpoint): Table | undefined => fields[0]?.table;

/** `*` in documents of today, `0..*` and `1..*` where the parser keeps what is optional. */
const isMany = ({ relation }: Endpoint): boolean => relation.endsWith("*");

function keyOf(
  ref: Ref,
  { holder, other, target }: { readonly holder: Endpoint; readonly other: Endpoint; readonly target: Table },
  { dialect }: DbmlContext,
): DeclaredForeignKey {
  const onDelete = actionOf(ref.onDelete);
  const onUpdate = actionOf(ref.onUpdate);
  return {
    ...(ref.name ? { name: ref.name } : {}),
    columns: holder.fields.map(({ name }) => name),
    to: nameOf(target.schema.name, target.name, ddlWords(dialect)),
    toColumns: other.fields.map(({ name }) => name),
    ...(onDelete ? { onDelete } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    line: ref.token.start.line,
  };
}

interface Ends {
  readonly left: Endpoint;
  readonly right: Endpoint;
  readonly from: Table;
  readonly to: Table;
}

/** As the tools of DBML do: a table of the two keys, with both as its primary key. */
function manyToMany(
  ref: Ref,
  { left, right, from, to }: Ends,
  { dialect, path }: DbmlContext,
  problems: Problem[],
): FoundReference {
  const words = ddlWords(dialect);
  const { line, column } = ref.token.start;
  const name = ref.name || `${from.name}_${to.name}`;
  const columnsOf = (end: Endpoint, table: Table): DeclaredTable["columns"] =>
    end.fields.map((field) => ({
      name: `${table.name}_${field.name}`,
      type: columnType(field, dialect, words).replace(/serial$/i, "int"),
      nullable: false,
      line,
    }));
  const [first, second] = [columnsOf(left, from), columnsOf(right, to)];
  const keyTo = (columns: DeclaredTable["columns"], end: Endpoint, table: Table): DeclaredForeignKey => ({
    columns: columns.map((one) => one.name),
    to: nameOf(table.schema.name, table.name, words),
    toColumns: end.fields.map((field) => field.name),
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
    ...nameOf(from.schema.name, name, words),
    columns: [...first, ...second],
    primaryKey: { columns: [...first, ...second].map((one) => ({ column: one.name })), line },
    uniques: [],
    checks: [],
    indexes: [],
    foreignKeys: [keyTo(first, left, from), keyTo(second, right, to)],
    line,
  };
  return { kind: "table", table: made };
}
