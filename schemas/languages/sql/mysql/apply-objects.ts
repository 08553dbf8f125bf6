import { databaseOf, find, resolve, tableOf, type ApplyContext } from "./apply-context.ts";
import { selectColumns } from "./apply-select.ts";
import {
  ApplyError,
  nameKey,
  removeTable,
  type BuiltTrigger,
  type BuiltView,
  type Made,
  type NameMap,
} from "./built.ts";
import type { QualifiedName } from "./cursor.ts";
import type { Statement } from "./statement.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

export function createView(context: ApplyContext, statement: Of<"create view">): void {
  const { built } = context;
  const { schema, name } = resolve(context, statement.name);
  if (find(built.tables, schema, name)) throw new ApplyError(`"${name}" exists already as a table`);
  const origin = replaced(context, built.views, statement, "view");
  if (!origin) return;
  const columns = statement.select ? selectColumns(context, statement.select) : [];
  const view: BuiltView = {
    schema,
    name,
    definition: statement.definition,
    columns: statement.columns
      ? statement.columns.map((given, index) => ({ ...columns[index], name: given }))
      : columns,
    reads: (statement.select?.reads ?? []).map((read) => resolve(context, read)),
    options: statement.options,
    origin,
  };
  built.views.set(nameKey(schema, name), view);
}

export function createTrigger(context: ApplyContext, statement: Of<"create trigger">): void {
  const table = tableOf(context, statement.table);
  const name: QualifiedName = { schema: table.schema, name: statement.name.name };
  const origin = replaced(context, context.built.triggers, { ...statement, name }, "trigger");
  if (!origin) return;
  const { timing, event } = statement;
  const definition = context.text;
  const { schema } = table;
  const trigger: BuiltTrigger = { ...name, schema, table: table.name, timing, event, definition, origin };
  dropTrigger(context, schema, name.name);
  table.triggers.add(trigger);
  context.built.triggers.set(nameKey(schema, name.name), trigger);
}

export function createRoutine(context: ApplyContext, statement: Of<"create routine">): void {
  const { variant } = statement;
  const kind = variant === "procedure" ? "procedure" : "function";
  const { schema, name } = resolve(context, statement.name);
  const key: QualifiedName = { schema, name: routineKey(kind, name) };
  const origin = replaced(context, context.built.routines, { ...statement, name: key }, kind, name);
  if (!origin) return;
  const { kind: _, name: __, orReplace: ___, ifNotExists: ____, ...rest } = statement;
  context.built.routines.set(nameKey(schema, key.name), {
    ...rest,
    parameters: statement.parameters,
    schema,
    name,
    definition: context.text,
    origin,
  });
}

/** Procedures and functions do not share their names; both ignore case. */
export const routineKey = (kind: "procedure" | "function", name: string): string => `${kind} ${name.toLowerCase()}`;

export function createEvent(context: ApplyContext, statement: Of<"create event">): void {
  const { schema, name } = resolve(context, statement.name);
  const origin = replaced(context, context.built.events, statement, "event");
  if (!origin) return;
  const comment = statement.comment === undefined ? {} : { comment: statement.comment };
  context.built.events.set(nameKey(schema, name), { schema, name, definition: context.text, origin, ...comment });
}

export function createSequence(context: ApplyContext, statement: Of<"create sequence">): void {
  const { schema, name } = resolve(context, statement.name);
  const origin = replaced(context, context.built.sequences, statement, "sequence");
  if (origin) context.built.sequences.set(nameKey(schema, name), { schema, name, options: statement.options, origin });
}

export function createDatabase(context: ApplyContext, statement: Of<"create database">): void {
  const name = statement.name === "" ? context.current : statement.name;
  const isNew = !context.built.databases.has(name);
  const database = databaseOf(context, name);
  if (!statement.alter && isNew) database.origin = { created: context.start };
  if (!statement.alter && !isNew && statement.ifNotExists) return;
  if (statement.comment !== undefined) database.comment = statement.comment;
  if (statement.charset !== undefined || statement.collation !== undefined) {
    const charset = statement.charset ?? statement.collation?.split("_")[0] ?? "";
    database.charset = charset;
    database.collation = statement.collation ?? context.facts.defaultCollation(charset);
  }
}

/** Drops a database with all that is in it. */
export function dropDatabase(context: ApplyContext, { name, ifExists }: Of<"drop database">): void {
  const { databases, referrers: _, tables, ...maps } = context.built;
  if (!databases.delete(name)) {
    if (ifExists) return;
    throw new ApplyError(`database "${name}" does not exist`, true);
  }
  for (const table of tables.values()) if (table.schema === name) removeTable(context.built, table);
  for (const map of Object.values(maps)) {
    for (const [key, one] of map) if (one.schema === name) map.delete(key);
  }
}

export function dropObjects(context: ApplyContext, { what, names, ifExists }: Of<"drop">): void {
  const missing: string[] = [];
  for (const named of names) {
    const { schema, name } = resolve(context, named);
    if (!dropOne(context, what, schema, name)) missing.push(name);
  }
  if (missing.length > 0 && !ifExists) throw new ApplyError(`${what} "${missing.join('", "')}" does not exist`, true);
}

function dropTrigger({ built }: ApplyContext, schema: string, name: string): boolean {
  const trigger = find(built.triggers, schema, name);
  if (!trigger) return false;
  find(built.tables, schema, trigger.table)?.triggers.delete(trigger);
  return built.triggers.delete(nameKey(trigger.schema, trigger.name));
}

function dropOne(context: ApplyContext, what: Of<"drop">["what"], schema: string, name: string): boolean {
  const { built } = context;
  switch (what) {
    case "table": {
      const table = find(built.tables, schema, name);
      if (!table) return false;
      removeTable(built, table);
      return true;
    }
    case "view": {
      const view = find(built.views, schema, name);
      return view !== undefined && built.views.delete(nameKey(view.schema, view.name));
    }
    case "procedure":
    case "function":
      return built.routines.delete(nameKey(schema, routineKey(what, name)));
    case "trigger":
      return dropTrigger(context, schema, name);
    case "event":
      return built.events.delete(nameKey(schema, name));
    case "sequence":
      return built.sequences.delete(nameKey(schema, name));
  }
}

/** The origin of an object that is made now; null when IF NOT EXISTS leaves the one that is there. */
function replaced(
  context: ApplyContext,
  map: NameMap<Made & { readonly schema: string; readonly name: string }>,
  statement: { readonly name: QualifiedName; readonly orReplace: boolean; readonly ifNotExists: boolean },
  what: string,
  shown = statement.name.name,
): Made["origin"] | null {
  const { schema, name } = resolve(context, statement.name);
  databaseOf(context, schema);
  const known = find(map, schema, name);
  if (!known) return { created: context.start };
  if (statement.orReplace) return { created: known.origin.created, changed: context.start };
  if (statement.ifNotExists) return null;
  throw new ApplyError(`${what} "${shown}" exists already`);
}
