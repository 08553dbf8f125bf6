import type { ReferentialAction } from "../../model.ts";
import type { DeclaredKey } from "../declared/declared-schema.ts";
import { hashedName, path, type RailsContext, type TableDraft } from "./context.ts";
import { isFalse, isTrue, nameList, nameText, numberOf, type RubyCall, type RubyValue } from "./ruby.ts";
import { singular } from "./singular.ts";

/** `t.index ["a", "b"], …` and `add_index`. */
export function addIndex(_: RailsContext, table: TableDraft, { arguments: [what], options, line }: RubyCall): void {
  const text = nameText(what);
  const isExpression = text !== undefined && /\W/.test(text);
  const columns = nameList(what);
  const keys: readonly DeclaredKey[] = isExpression
    ? [{ raw: text }]
    : columns.map((column) => {
        const order = orderOf(ofColumn(options.get("order"), column));
        const operatorClass = nameText(ofColumn(options.get("opclass"), column));
        const length = numberOf(ofColumn(options.get("length"), column));
        return {
          column,
          ...(order === undefined ? {} : { order }),
          ...(operatorClass === undefined ? {} : { operatorClass }),
          ...(length === undefined ? {} : { length }),
        };
      });
  const method = nameText(options.get("type")) ?? nameText(options.get("using"));
  const [where, comment] = ["where", "comment"].map((key) => nameText(options.get(key)));
  const include = nameList(options.get("include"));
  table.indexes.push({
    name: nameText(options.get("name")) ?? `index_${table.name}_on_${columns.join("_and_")}`,
    keys,
    unique: isTrue(options.get("unique")),
    ...(method === undefined || method === "btree" ? {} : { method }),
    ...(include.length > 0 ? { include } : {}),
    ...(where === undefined ? {} : { where }),
    ...(isTrue(options.get("nulls_not_distinct")) ? { nullsNotDistinct: true } : {}),
    ...(comment === undefined ? {} : { comment }),
    line,
  });
}

/** One value for all columns, or a hash by column. */
function ofColumn(value: RubyValue | undefined, column: string): RubyValue | undefined {
  return value?.kind === "hash" ? value.entries.get(column) : value;
}

function orderOf(value: RubyValue | undefined): string | undefined {
  const order = nameText(value)?.replaceAll("_", " ").toUpperCase();
  return order === undefined || order === "ASC" ? undefined : order;
}

export function addCheck(_: RailsContext, table: TableDraft, { arguments: [what], options, line }: RubyCall): void {
  const expression = nameText(what);
  if (expression === undefined) return;
  const name = nameText(options.get("name")) ?? hashedName("chk", `${table.name}_${expression}_chk`);
  table.checks.push({ name, expression, ...(isFalse(options.get("validate")) ? { validated: false } : {}), line });
}

export function addExclusion(_: RailsContext, table: TableDraft, { arguments: [what], options, line }: RubyCall): void {
  const expression = nameText(what);
  if (expression === undefined) return;
  const using = nameText(options.get("using"));
  const where = nameText(options.get("where"));
  const definition = `EXCLUDE ${using === undefined ? "" : `USING ${using} `}(${expression})${where === undefined ? "" : ` WHERE (${where})`}`;
  const name = nameText(options.get("name")) ?? hashedName("excl", `${table.name}_${expression}_excl`);
  table.exclusions.push({ name, definition: `${definition}${deferral(options.get("deferrable"))}`, line });
}

export function addUnique(_: RailsContext, table: TableDraft, { arguments: [what], options, line }: RubyCall): void {
  const columns = nameList(what);
  const tail = deferral(options.get("deferrable")).trim();
  const name = nameText(options.get("name")) ?? hashedName("uniq", `${table.name}_${columns.join("_and_")}_unique`);
  table.uniques.push({
    name,
    columns,
    ...(isTrue(options.get("nulls_not_distinct")) ? { nullsNotDistinct: true } : {}),
    ...(tail === "" ? {} : { tail }),
    line,
  });
}

/** `add_foreign_key "orders", "customers", column: …`. The column is found by the target's name when it is not given. */
export function addForeignKey(
  context: RailsContext,
  table: TableDraft,
  { arguments: [target], options, line }: RubyCall,
): void {
  const to = nameText(target);
  if (to === undefined) return;
  const given = nameList(options.get("column"));
  const guessed = singular(path(to).name)
    .map((word) => `${word}_id`)
    .filter((name, index, all) => index === all.length - 1 || table.columns.some((column) => column.name === name));
  const columns = given.length > 0 ? given : guessed.slice(0, 1);
  const primary = nameList(options.get("primary_key"));
  const key = context.tables.get(to)?.primaryKey?.columns.flatMap(({ column }) => column ?? []) ?? [];
  const usual = key.length === columns.length ? key : ["id"];
  const toColumns = primary.length > 0 ? primary : usual;
  const identifier = given.length > 1 ? JSON.stringify(given).replaceAll(",", ", ") : (columns[0] ?? "");
  const onDelete = actionOf(options.get("on_delete"));
  const onUpdate = actionOf(options.get("on_update"));
  const tail = deferral(options.get("deferrable")).trim();
  const owner = table.schema === undefined ? table.name : `${table.schema}.${table.name}`;
  table.foreignKeys.push({
    name: nameText(options.get("name")) ?? hashedName("fk", `${owner}_${identifier}_fk`),
    columns,
    to: path(to),
    toColumns,
    ...(onDelete ? { onDelete } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    ...(isFalse(options.get("validate")) ? { validated: false } : {}),
    ...(tail === "" ? {} : { tail }),
    line,
  });
}

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map([
  ["cascade", "cascade"],
  ["nullify", "set null"],
  ["restrict", "restrict"],
]);

const actionOf = (value: RubyValue | undefined): ReferentialAction | undefined => ACTIONS.get(nameText(value) ?? "");

function deferral(value: RubyValue | undefined): string {
  if (nameText(value) === "deferred") return " DEFERRABLE INITIALLY DEFERRED";
  return isTrue(value) || nameText(value) === "immediate" ? " DEFERRABLE" : "";
}
