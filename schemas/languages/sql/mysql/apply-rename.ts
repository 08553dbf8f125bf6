import { databaseOf, find, findTable, resolve, tableOf, type ApplyContext } from "./apply-context.ts";
import { ApplyError, nameKey, touch, type BuiltTable } from "./built.ts";
import type { QualifiedName } from "./cursor.ts";
import type { Statement } from "./statement.ts";

/** Gives a table another name, in the foreign keys and triggers that know it too. */
export function renameTable(context: ApplyContext, table: BuiltTable, to: QualifiedName): void {
  const { built } = context;
  const target = resolve(context, to);
  const other = find(built.tables, target.schema, target.name);
  if (other && other !== table) throw new ApplyError(`table "${target.name}" exists already`);
  databaseOf(context, target.schema);
  const { schema, name } = table;
  const [from, key] = [nameKey(schema, name), nameKey(target.schema, target.name)];
  built.tables.delete(from);
  for (const one of built.referrers.of(from)) retarget(one, table, target);
  built.referrers.move(from, key);
  for (const trigger of table.triggers) trigger.table = target.name;
  for (const named of [...table.foreignKeys, ...table.checks]) {
    // `orders_ibfk_1` and `orders_chk_1` follow their table.
    if (named.autoNamed && named.name.startsWith(`${name}_`)) named.name = target.name + named.name.slice(name.length);
  }
  table.schema = target.schema;
  table.name = target.name;
  built.tables.set(key, table);
}

function retarget(one: BuiltTable, from: BuiltTable, to: { readonly schema: string; readonly name: string }): void {
  for (const foreignKey of one.foreignKeys) {
    if (foreignKey.schema !== from.schema || foreignKey.table !== from.name) continue;
    foreignKey.schema = to.schema;
    foreignKey.table = to.name;
  }
}

export function renameTables(
  context: ApplyContext,
  { pairs, ifExists }: Extract<Statement, { kind: "rename tables" }>,
): void {
  for (const { from, to } of pairs) {
    const table = findTable(context, from);
    if (!table && renameView(context, from, to)) continue;
    if (!table && ifExists) continue;
    const found = tableOf(context, from);
    renameTable(context, found, to);
    touch(found, context.start);
  }
}

function renameView(context: ApplyContext, from: QualifiedName, to: QualifiedName): boolean {
  const { views } = context.built;
  const source = resolve(context, from);
  const view = find(views, source.schema, source.name);
  if (!view) return false;
  views.delete(nameKey(view.schema, view.name));
  Object.assign(view, resolve(context, to));
  views.set(nameKey(view.schema, view.name), view);
  touch(view, context.start);
  return true;
}
