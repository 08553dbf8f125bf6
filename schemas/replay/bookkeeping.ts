/**
 * Tables in which migration runners note what they have applied. They are not part of the user's schema: left out of
 * the model, and made when a script refers to one that its runner would have made.
 */
const TABLES: Readonly<Record<string, string>> = {
  __diesel_schema_migrations: "version varchar(50) primary key, run_on timestamp not null default current_timestamp",
  _prisma_migrations:
    "id varchar(36) primary key, checksum varchar(64), finished_at timestamptz, migration_name varchar(255)",
  _sqlx_migrations:
    "version bigint primary key, description text, installed_on timestamptz, success boolean, checksum bytea",
  __drizzle_migrations: "id serial primary key, hash text not null, created_at bigint",
  ar_internal_metadata: "key varchar primary key, value varchar, created_at timestamp, updated_at timestamp",
  atlas_schema_revisions: "version varchar primary key, description varchar",
  databasechangelog: "id varchar(255), author varchar(255), filename varchar(255)",
  databasechangeloglock: "id int primary key, locked boolean, lockgranted timestamp, lockedby varchar(255)",
  flyway_schema_history:
    "installed_rank int primary key, version varchar(50), description varchar(200), script varchar(1000)",
  goose_db_version: "id serial primary key, version_id bigint, is_applied boolean, tstamp timestamp",
  knex_migrations: "id serial primary key, name varchar(255), batch int, migration_time timestamptz",
  knex_migrations_lock: "index serial primary key, is_locked int",
  pgmigrations: "id serial primary key, name varchar(255), run_on timestamp",
  schema_migration: "version varchar(14) primary key",
  schema_migrations: "version varchar primary key",
  SequelizeMeta: "name varchar(255) primary key",
};

export const isBookkeepingTable = (table: string): boolean => Object.hasOwn(TABLES, table);

/** The statement that makes a runner's table; null when no runner has one of that name. */
export function bookkeepingTable(name: string): string | null {
  const parts = name.split(".");
  const table = parts.at(-1) ?? "";
  const columns = Object.hasOwn(TABLES, table) ? TABLES[table] : undefined;
  if (columns === undefined) return null;
  const schema = parts.length > 1 ? parts[0] : undefined;
  const quoted = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
  const create = `create table if not exists ${quoted} (${columns})`;
  return schema === undefined ? create : `create schema if not exists "${schema.replaceAll('"', '""')}"; ${create}`;
}
