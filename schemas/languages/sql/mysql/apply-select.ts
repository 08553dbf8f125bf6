import { find, resolve, type ApplyContext } from "./apply-context.ts";
import { byName, type Built, type BuiltColumn, type BuiltViewColumn } from "./built.ts";
import type { SelectShape } from "./statement.ts";

type From = SelectShape["from"][number];

/** The columns of a query, `*` written out; those of what cannot be resolved have a name only. */
export function selectColumns(context: ApplyContext, select: SelectShape): BuiltViewColumn[] {
  return select.items.flatMap((item): BuiltViewColumn[] => {
    switch (item.kind) {
      case "all": {
        const sources = select.from.filter(({ alias }) => item.table === undefined || same(alias, item.table));
        return sources.flatMap((source) => columnsOfSource(context, source));
      }
      case "column": {
        const from = sourceOf(context, select.from, item.table, item.column);
        return [{ name: item.name, item, ...(from ? { from } : {}) }];
      }
      case "expression":
        return [{ name: item.name, item }];
    }
  });
}

function columnsOfSource(context: ApplyContext, source: From): BuiltViewColumn[] {
  if (!source.table) return [];
  const { schema, name } = resolve(context, source.table);
  const { built } = context;
  const relation = find(built.tables, schema, name) ?? find(built.views, schema, name);
  if (!relation) return [];
  const visible = relation.columns.filter((column) => !("invisible" in column && column.invisible));
  return visible.map((column) => ({
    name: column.name,
    from: { schema: relation.schema, relation: relation.name, column: column.name, optional: source.optional },
  }));
}

function sourceOf(
  context: ApplyContext,
  from: readonly From[],
  table: string | undefined,
  column: string,
): BuiltViewColumn["from"] {
  for (const source of from) {
    if (table !== undefined && !same(source.alias, table)) continue;
    const found = columnsOfSource(context, source).find((one) => same(one.name, column));
    if (found) return found.from;
    // Invisible columns are no part of `*` but may be named.
    const named = source.table ? find(context.built.tables, ...pair(context, source)) : undefined;
    const hidden = named ? byName(named.columns, column) : undefined;
    if (named && hidden)
      return { schema: named.schema, relation: named.name, column: hidden.name, optional: source.optional };
  }
  return undefined;
}

function pair(context: ApplyContext, source: From): [string, string] {
  const { schema, name } = resolve(context, source.table ?? { name: "" });
  return [schema, name];
}

/** The table column that a query's column shows, through views; null when there is none. */
export function shownColumn(
  built: Built,
  column: BuiltViewColumn,
): { readonly column: BuiltColumn; readonly optional: boolean } | null {
  let from = column.from;
  let optional = false;
  // A view may be replaced by one that reads itself: views that are deeper than this are not followed.
  for (let depth = 0; from && depth < DEEPEST_VIEW; depth++) {
    optional ||= from.optional;
    const table = find(built.tables, from.schema, from.relation);
    if (table) {
      const found = byName(table.columns, from.column);
      return found ? { column: found, optional } : null;
    }
    const view = find(built.views, from.schema, from.relation);
    from = view ? byName(view.columns, from.column)?.from : undefined;
  }
  return null;
}

/** A new table's column from a query's: type, NULL and default stay, keys and AUTO_INCREMENT do not. */
export function typedColumn(context: ApplyContext, column: BuiltViewColumn): BuiltColumn | null {
  const shown = shownColumn(context.built, column);
  if (!shown) return null;
  const { generated: _, onUpdate: __, ...rest } = shown.column;
  return {
    ...rest,
    name: column.name,
    nullable: rest.nullable || shown.optional,
    // AUTO_INCREMENT is lost; the column then defaults to zero.
    ...(rest.autoIncrement && !shown.optional ? { default: "0" } : {}),
    autoIncrement: false,
    invisible: false,
    origin: { created: context.start },
  };
}

const DEEPEST_VIEW = 32;
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
