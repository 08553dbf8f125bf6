import type { MysqlFacts } from "../../../dialects/mysql/facts.ts";
import type { SourceRef } from "../../../source.ts";
import { ApplyError, nameKey, type Built, type BuiltDatabase, type BuiltTable, type NameMap } from "./built.ts";
import type { QualifiedName } from "./cursor.ts";
import type { Statement } from "./statement.ts";

/** Schema of objects for which no statement names a database. */
export const NO_DATABASE = "main";

/** What applying a statement may look at and change. */
export interface ApplyContext {
  readonly built: Built;
  readonly facts: MysqlFacts;
  /** The database that USE named last. */
  current: string;
  /** Text of the statement, where it begins, and the place of an offset in it. */
  readonly text: string;
  readonly start: SourceRef;
  readonly placeAt: (offset: number) => SourceRef;
  /** Told of each statement that a script has put together, before it is applied. */
  readonly onBuilt?: (statement: Statement, text: string) => void;
  /** Notes what could not be taken over; the rest of the statement still counts. */
  readonly lose: (
    message: string,
    offset: number,
    options?: { readonly help?: string; readonly missing?: boolean; readonly harmless?: boolean },
  ) => void;
}

export function resolve(
  context: ApplyContext,
  { schema, name }: QualifiedName,
): { readonly schema: string; readonly name: string } {
  return { schema: schema ?? context.current, name };
}

/** A relation by its name; file systems that ignore case make names of tables ignore it too. */
export function find<T>(map: NameMap<T>, schema: string, name: string): T | undefined {
  return map.like(nameKey(schema, name));
}

export function findTable(context: ApplyContext, qualified: QualifiedName): BuiltTable | undefined {
  const { schema, name } = resolve(context, qualified);
  return find(context.built.tables, schema, name);
}

/** Throws `ApplyError` when there is no such table. */
export function tableOf(context: ApplyContext, qualified: QualifiedName): BuiltTable {
  const found = findTable(context, qualified);
  if (found) return found;
  const { schema, name } = resolve(context, qualified);
  const view = find(context.built.views, schema, name);
  throw view
    ? new ApplyError(`"${name}" is a view, not a table`)
    : new ApplyError(`table "${name}" does not exist`, true);
}

/** The database's entry, made when a statement first uses it. */
export function databaseOf(context: ApplyContext, name: string): BuiltDatabase {
  const found = context.built.databases.get(name);
  if (found) return found;
  const made: BuiltDatabase = { name };
  context.built.databases.set(name, made);
  return made;
}
