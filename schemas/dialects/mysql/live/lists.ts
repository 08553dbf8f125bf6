import { quoteName } from "../sql-text.ts";
import type { Row } from "./session.ts";

/** One object of the server and the statement that prints it. */
export interface ListedObject {
  readonly kind: "table" | "sequence" | "view" | "procedure" | "function" | "trigger" | "event";
  readonly database: string;
  readonly name: string;
  readonly show: string;
}

export interface Lists {
  /** The one of the URL, else all that are nobody's own. */
  readonly databases: readonly string[];
  readonly objects: readonly ListedObject[];
  readonly rowEstimates: readonly { readonly database: string; readonly name: string; readonly rows: number }[];
  /** What a table gets that does not say. */
  readonly defaults: { readonly engine: string; readonly charset: string; readonly collation: string };
}

/** Condition on a column with a database's name. */
export const isOwn = (column: string): string =>
  `(${column} = database() or database() is null and ${column} not in ('mysql', 'sys', 'information_schema', 'performance_schema'))`;

/** Each is one list; MySQL gives its columns in capitals unless they are named. */
export const listQueries: readonly string[] = [
  `select schema_name as name, default_character_set_name as charset, default_collation_name as collation, @@default_storage_engine as engine
     from information_schema.schemata where ${isOwn("schema_name")} order by schema_name`,
  `select table_schema as db, table_name as name, table_type as type, table_rows as estimate from information_schema.tables
    where ${isOwn("table_schema")} order by table_schema, table_name`,
  `select routine_schema as db, routine_name as name, routine_type as type from information_schema.routines
    where ${isOwn("routine_schema")} order by routine_schema, routine_name, routine_type`,
  `select trigger_schema as db, trigger_name as name from information_schema.triggers
    where ${isOwn("trigger_schema")} order by trigger_schema, trigger_name`,
  `select event_schema as db, event_name as name from information_schema.events where ${isOwn("event_schema")} order by event_schema, event_name`,
];

/** The answers to `listQueries`. */
export function readLists([
  schemata = [],
  tables = [],
  routines = [],
  triggers = [],
  events = [],
]: readonly (readonly Row[])[]): Lists {
  const relations = tables.map((row) => ({ ...place(row), type: text(row, "type"), estimate: row["estimate"] }));
  const of = (...types: readonly string[]) => relations.filter(({ type }) => types.includes(type));
  const show = (kind: ListedObject["kind"], rows: readonly Place[], word = kind.toUpperCase()): ListedObject[] =>
    rows.map(({ database, name }) => ({ kind, database, name, show: `show create ${word} ${quoteName(name)}` }));
  const base = of("BASE TABLE", "SYSTEM VERSIONED");
  const typed = routines.map((row) => ({ ...place(row), type: text(row, "type") }));
  const first = schemata[0] ?? {};
  return {
    databases: schemata.map((row) => text(row, "name")),
    objects: [
      ...show("sequence", of("SEQUENCE")),
      ...show("table", base),
      ...show(
        "function",
        typed.filter(({ type }) => type === "FUNCTION"),
      ),
      ...show("view", of("VIEW")),
      ...show(
        "procedure",
        typed.filter(({ type }) => type === "PROCEDURE"),
      ),
      ...show("trigger", triggers.map(place)),
      ...show("event", events.map(place)),
    ],
    rowEstimates: base.flatMap(({ database, name, estimate }) =>
      estimate === null || estimate === undefined ? [] : [{ database, name, rows: Number(estimate) }],
    ),
    defaults: {
      engine: text(first, "engine") || "InnoDB",
      charset: text(first, "charset"),
      collation: text(first, "collation"),
    },
  };
}

interface Place {
  readonly database: string;
  readonly name: string;
}
const place = (row: Row): Place => ({ database: text(row, "db"), name: text(row, "name") });

/** Older servers give names as bytes. */
function text(row: Row, field: string): string {
  const value = row[field];
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === "string" ? value : "";
}
