import { walk } from "../../languages/sql/postgres/ast.ts";
import { embeddedExtensions } from "../extensions.ts";
import { makeColumn, makeInsertTarget, makeKey, otherGuess } from "./make-column.ts";
import { makeLabel, makeRoutine, makeType } from "./make-type.ts";
import type { MissingObject } from "./missing-object.ts";
import { quoted, sqlName, type StandIn } from "./stand-in-catalog.ts";
import type { FileHints } from "./statement-hints.ts";
import { keyOf, rangeOf, rangesOf, type MakeInput } from "./statement-names.ts";

/** The statements that make what a statement misses; null when it is not to be presumed. */
export async function makeMissing(missing: MissingObject, input: MakeInput): Promise<readonly string[] | null> {
  const { hints, catalog, made } = input;
  switch (missing.kind) {
    case "schema":
      return [`create schema if not exists ${quoted(missing.name)}`];
    case "role":
      return [`create role ${quoted(missing.name)} superuser`];
    case "publication":
      return [`create publication ${quoted(missing.name)}`];
    case "collation":
      return [`create collation ${quoted(missing.name)} from "C"`];
    case "extension":
      return embeddedExtensions.includes(missing.name) ? [`create extension ${quoted(missing.name)} cascade`] : null;
    case "operator class":
      return missing.name.includes("trgm") ? ["create extension pg_trgm"] : null;
    case "relation":
      return relation(missing.name, input);
    case "column":
      return makeColumn(missing, input);
    case "type":
      return makeType(missing.name, input);
    case "label":
      return makeLabel(missing, input);
    case "function":
      return makeRoutine(missing, input);
    case "index":
      return index(missing.name, missing.relation, input);
    case "key":
      return makeKey(missing.relation, input);
    case "columns of INSERT":
    case "conflict target":
      return makeInsertTarget(missing.kind, input);
    case "types":
      return otherGuess(input, missing);
    case "partitioning":
    case "materialized view":
    case "statistics":
      return null;
    default: {
      const { relation: name } = missing;
      const found = await catalog.find(name, rangeOf(name, input.tree)?.schemaname);
      if (!found || !made.has(keyOf(found))) return null;
      return onTable(missing, found, input, hints);
    }
  }
}

type OnTable = Extract<
  MissingObject,
  { readonly kind: "constraint" | "trigger" | "policy" | "rule" | "identity" | "generation" | "required" }
>;

async function onTable(
  missing: OnTable,
  found: StandIn,
  input: MakeInput,
  hints: FileHints,
): Promise<readonly string[] | null> {
  const table = sqlName(found);
  switch (missing.kind) {
    case "constraint":
      return constraint(missing.name, found, input);
    case "trigger": {
      const isView = hints.kinds.get(found.name) === "view";
      const run = `${isView ? "instead of insert" : "before insert"} on ${table} for each row execute function`;
      return [TRIGGER_FUNCTION, `create trigger ${quoted(missing.name)} ${run} public.presumed_trigger_function()`];
    }
    case "policy":
      return [`create policy ${quoted(missing.name)} on ${table}`];
    case "rule":
      return [`create rule ${quoted(missing.name)} as on update to ${table} do also nothing`];
    case "identity":
      return [
        `alter table ${table} alter column ${quoted(missing.column)} set data type bigint using null`,
        `alter table ${table} alter column ${quoted(missing.column)} set not null`,
        `alter table ${table} alter column ${quoted(missing.column)} add generated always as identity`,
      ];
    case "required":
      return [`alter table ${table} alter column ${quoted(missing.column)} set not null`];
    case "generation":
      return [
        `alter table ${table} drop column ${quoted(missing.column)}`,
        `alter table ${table} add column ${quoted(missing.column)} text generated always as ('presumed') stored`,
      ];
  }
}

async function relation(printed: string, input: MakeInput): Promise<readonly string[] | null> {
  const { tree, hints, catalog, made } = input;
  const range = rangeOf(printed, tree);
  const schema = range?.schemaname ?? (printed.includes(".") && !range ? printed.split(".")[0] : undefined);
  const name = range?.relname ?? printed.split(".").at(-1) ?? printed;
  const home = schema ?? (await catalog.currentSchema()) ?? "public";
  const id: StandIn = { schema: home, name };
  // What was there and is gone was dropped or renamed by the file itself.
  if (made.has(keyOf(id))) return null;
  made.add(keyOf(id));
  const table = sqlName(id);
  const before = [`create schema if not exists ${quoted(home)}`];
  switch (hints.kinds.get(name) ?? "table") {
    case "view":
      return [...before, `create view ${table} as select 1::bigint as id`];
    case "materialized view":
      return [
        ...before,
        `create materialized view ${table} as select 1::bigint as id`,
        `create unique index on ${table} (id)`,
      ];
    case "sequence":
      return [...before, `create sequence ${table}`];
    case "index":
      return index(name, undefined, input);
    case "table": {
      const bound = hints.partitioned.get(name);
      if (!bound) return [...before, ...(await plainTable(id, input))];
      const keys = bound.types.map((_, at) => `key_${at + 1}`);
      const columns = bound.types.map((type, at) => `${keys[at]} ${type} not null`);
      return [
        ...before,
        `create table ${table} (${columns.join(", ")}) partition by ${bound.strategy} (${keys.join(", ")})`,
      ];
    }
  }
}

/** A table that is attached or detached has its parent's columns. */
async function plainTable(id: StandIn, { tree, catalog, hints }: MakeInput): Promise<readonly string[]> {
  const found: { parent?: string; schema?: string; detaches?: boolean } = {};
  walk(tree, {
    AlterTableStmt({ relation: parent, cmds }) {
      for (const node of cmds ?? []) {
        const cmd = "AlterTableCmd" in node ? node.AlterTableCmd : undefined;
        if (!cmd?.def || !("PartitionCmd" in cmd.def) || cmd.def.PartitionCmd.name?.relname !== id.name) continue;
        Object.assign(found, { parent: parent?.relname, schema: parent?.schemaname });
        found.detaches = cmd.subtype !== "AT_AttachPartition";
      }
    },
  });
  const parent = found.parent === undefined ? null : await catalog.find(found.parent, found.schema);
  const unlogged = hints.unlogged.has(id.name) ? "unlogged " : "";
  if (!parent) return [`create ${unlogged}table ${sqlName(id)} ()`];
  // Nothing is detached concurrently beside a default partition.
  if (found.detaches) return [`create table ${sqlName(id)} partition of ${sqlName(parent)} for values in (0)`];
  return [`create table ${sqlName(id)} (like ${sqlName(parent)})`];
}

async function constraint(name: string, table: StandIn, { tree }: MakeInput): Promise<readonly string[]> {
  const on = `alter table ${sqlName(table)}`;
  const id = `${on} add column if not exists id bigint`;
  const text = JSON.stringify(tree);
  if (text.includes('"AT_ValidateConstraint"')) return [`${on} add constraint ${quoted(name)} check (true) not valid`];
  if (text.includes('"AT_AlterConstraint"')) {
    return [
      id,
      `${on} add unique (id)`,
      `${on} add constraint ${quoted(name)} foreign key (id) references ${sqlName(table)} (id)`,
    ];
  }
  if (/_pkey$|^pk_|_pk$/i.test(name)) return [id, `${on} add constraint ${quoted(name)} primary key (id)`];
  if (/_key$|uniq|^uq_|_uq$/i.test(name) || text.includes('"ONCONFLICT')) {
    return [id, `${on} add constraint ${quoted(name)} unique (id)`];
  }
  return [`${on} add constraint ${quoted(name)} check (true)`];
}

async function index(name: string, on: string | undefined, input: MakeInput): Promise<readonly string[] | null> {
  const { tree, hints, catalog, made } = input;
  const [own] = tree.stmts?.some(({ stmt }) => stmt && "AlterTableStmt" in stmt) ? rangesOf(tree) : [];
  const elsewhere = hints.indexTables.get(name);
  const target = on ?? own?.relname ?? elsewhere?.table;
  const dropped = rangeOf(name, tree)?.schemaname;
  const wanted: StandIn = {
    schema: own?.schemaname ?? dropped ?? elsewhere?.schema ?? (await catalog.currentSchema()) ?? "public",
    name: target ?? `table of ${name}`,
  };
  const key_ = `index ${name}`;
  if (made.has(key_)) return null;
  made.add(key_);
  const found = await catalog.find(wanted.name, undefined);
  if (found && !made.has(keyOf(found))) return null;
  made.add(keyOf(found ?? wanted));
  const table = sqlName(found ?? wanted);
  return [
    ...(found ? [] : [`create table ${table} ()`]),
    `alter table ${table} add column if not exists id bigint not null`,
    `create unique index ${quoted(name)} on ${table} (id)`,
  ];
}

const TRIGGER_FUNCTION =
  "create or replace function public.presumed_trigger_function() returns trigger language plpgsql as 'begin return new; end'";
