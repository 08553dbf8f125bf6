import type { EmbeddedEngine } from "../pglite-engine.ts";

/** A relation that stands in for one that a file takes for granted. */
export interface StandIn {
  readonly schema: string;
  readonly name: string;
}

/** Questions to the engine about what is there now. */
export interface StandInCatalog {
  /** The schema that a name without one would be made in; null when the session's path leads nowhere. */
  currentSchema(): Promise<string | null>;
  /** A relation by the name that the engine printed: the last part, and its schema when the statement said one. */
  find(name: string, schema: string | undefined): Promise<StandIn | null>;
  /** A column's type as the engine prints it; null when there is no such column. */
  typeOf(relation: StandIn, column: string): Promise<string | null>;
  columnsOf(relation: StandIn): Promise<readonly string[]>;
}

export function standInCatalog(engine: EmbeddedEngine): StandInCatalog {
  const first = async (sql: string, params: readonly unknown[]): Promise<string | null> => {
    const { rows } = await engine.query(sql, params);
    const value = rows[0]?.["value"];
    return typeof value === "string" ? value : null;
  };
  return {
    currentSchema: () =>
      first(
        `select coalesce(pg_catalog.current_schema()::text,
            (select trim(both '" ' from name) from unnest(string_to_array(pg_catalog.current_setting('search_path'), ',')) as name
              where name not like '%$user%' limit 1)) as value`,
        [],
      ),
    async find(name, schema) {
      const found = await first(
        `select n.nspname::text as value from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where c.relname = $1 and (n.nspname = $2 or $2 is null) and n.nspname not in ('pg_catalog', 'information_schema')
          order by pg_catalog.pg_table_is_visible(c.oid) desc, 1 limit 1`,
        [name, schema ?? null],
      );
      return found === null ? null : { schema: found, name };
    },
    typeOf: ({ schema, name }, column) =>
      first(
        `select pg_catalog.format_type(a.atttypid, a.atttypmod) as value
           from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
           join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where n.nspname = $1 and c.relname = $2 and a.attname = $3 and not a.attisdropped`,
        [schema, name, column],
      ),
    async columnsOf({ schema, name }) {
      const { rows } = await engine.query(
        `select a.attname::text as name
           from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
           join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
        [schema, name],
      );
      return rows.map((row) => String(row["name"]));
    },
  };
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const sqlName = ({ schema, name }: StandIn): string => `${quoted(schema)}.${quoted(name)}`;
