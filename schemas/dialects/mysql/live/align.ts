import type { Column, SchemaModel, Table } from "../../../model.ts";
import { alignSpelling } from "../../align-spelling.ts";
import { mysqlFacts, type MysqlVersion } from "../facts.ts";
import { isSameMysqlExpression, isSameMysqlQuery, isSameMysqlStatement } from "./same-text.ts";

export interface MysqlDefaults {
  /** What a table gets that does not say. */
  readonly engine: string;
  readonly charset: string;
  readonly collation: string;
  readonly version: MysqlVersion;
}

/** The live model in the words of the committed one: see `LiveModel.alignedWith`. */
export function alignMysql(live: SchemaModel, committed: SchemaModel, defaults: MysqlDefaults): SchemaModel {
  const { version } = defaults;
  const spelled = alignSpelling(live, committed, {
    isSame: (one, other, { field, kind }) => {
      if (kind === "view" && field === "definition") return isSameMysqlQuery(version, one, other);
      if (WHOLE.has(kind) && (field === "definition" || field === "body"))
        return isSameMysqlStatement(version, one, other);
      return isSameMysqlExpression(version, bare(one), bare(other));
    },
  });
  const tables = new Map(committed.tables.map((table) => [table.id, table]));
  const views = new Map(committed.views.map((view) => [view.id, view]));
  const routines = new Map(committed.routines.map((routine) => [routine.id, routine]));
  return {
    ...spelled,
    routines: spelled.routines.map((routine) => {
      const own = routines.get(routine.id);
      // What stands before the body are fields of their own.
      return own?.definition === undefined || own.body !== routine.body
        ? routine
        : { ...routine, definition: own.definition };
    }),
    tables: spelled.tables.map((table) => {
      const own = tables.get(table.id);
      return own ? alignTable(table, own, defaults) : table;
    }),
    views: spelled.views.map((view) => {
      const own = views.get(view.id);
      if (!own) return view;
      const { options: _, ...rest } = view;
      const columns = view.columns.map((column, at) => typedAs(column, own.columns[at]));
      // DEFINER and MERGE are what is meant when nothing is said.
      return { ...rest, columns, ...(own.options === undefined ? {} : { options: own.options }) };
    }),
  };
}

/** Objects whose definition is a whole statement. */
const WHOLE: ReadonlySet<string> = new Set(["trigger", "routine", "event"]);

/** A printed check without the words around it. */
const bare = (text: string): string => text.replace(/^CHECK (\(.*\))$/s, "$1");

/** What a table has that the committed one does not state, and that is what a table gets that does not say. */
function alignTable(live: Table, committed: Table, defaults: MysqlDefaults): Table {
  const { options, ...rest } = live;
  const own = committed.options ?? {};
  const kept = Object.entries(options ?? {}).flatMap(([name, value]): [string, string][] => {
    const stated = own[name];
    if (stated === undefined) return isDefault(name, value, defaults) ? [] : [[name, value]];
    return [[name, isSameOption(name, value, stated) ? stated : value]];
  });
  const aligned = kept.length === 0 ? {} : { options: Object.fromEntries(kept) };
  const columns = new Map(committed.columns.map((column) => [column.id, column]));
  return { ...rest, ...aligned, columns: live.columns.map((column) => typedAs(column, columns.get(column.id))) };
}

function isDefault(name: string, value: string, { engine, charset, collation, version }: MysqlDefaults): boolean {
  if (name === "engine") return value.toLowerCase() === engine.toLowerCase();
  if (name === "charset") return value === charset;
  return name === "collation" && (value === collation || value === mysqlFacts(version).defaultCollation(charset));
}

function isSameOption(name: string, live: string, stated: string): boolean {
  if (name !== "partitions") return live.toLowerCase() === stated.toLowerCase();
  // The server writes the engine behind each partition.
  const plain = (text: string): string =>
    text
      .replaceAll(/ ENGINE = \w+/gi, "")
      .replaceAll(/[\s`=]/g, "")
      .toLowerCase();
  return plain(live) === plain(stated);
}

/** MariaDB keeps JSON as text, and a view's expression has a type that only the server knows. */
function typedAs(live: Column, committed: Column | undefined): Column {
  if (!committed) return live;
  const isUnread = committed.type.raw === "unknown" || live.type.raw === "unknown";
  const isSame = live.type.raw === committed.type.raw;
  if (!isUnread && !isSame) return live;
  const { nullable } = isUnread ? committed : live;
  // Text that became bytes keeps the word that made it so in its script only.
  const charset = committed.charset === "binary" && live.charset === undefined ? { charset: "binary" } : {};
  return { ...live, type: committed.type, nullable, ...charset };
}
