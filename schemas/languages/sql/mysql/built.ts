import type { Origin, SourceRef } from "../../../source.ts";
import { SetsByKey } from "../sets-by-key.ts";
import type {
  KeyPart,
  KeySpec,
  Partitioning,
  ReferenceAction,
  RoutineParameter,
  SelectItem,
  TypeSpec,
} from "./statement.ts";

/** The schema while it is being made: plain data that the applier changes in place. */
export interface Built {
  readonly databases: Map<string, BuiltDatabase>;
  /** Tables, views and sequences share their names; key of `nameKey`. */
  readonly tables: NameMap<BuiltTable>;
  readonly views: NameMap<BuiltView>;
  readonly sequences: NameMap<BuiltSequence>;
  readonly routines: NameMap<BuiltRoutine>;
  readonly events: NameMap<BuiltEvent>;
  readonly triggers: NameMap<BuiltTrigger>;
  /** Tables with a foreign key to the table of this `nameKey`. */
  readonly referrers: SetsByKey<string, BuiltTable>;
}

export interface Made {
  origin: Origin;
}
export interface BuiltDatabase extends Partial<Made> {
  readonly name: string;
  charset?: string;
  collation?: string;
  comment?: string;
}
export interface BuiltTable extends Made {
  schema: string;
  name: string;
  temporary: boolean;
  columns: BuiltColumn[];
  keys: BuiltKey[];
  foreignKeys: BuiltForeignKey[];
  checks: BuiltCheck[];
  readonly triggers: Set<BuiltTrigger>;
  /** Periods by lower-case name; `system_time` is that of a system-versioned table. */
  periods: ReadonlyMap<string, { readonly name: string; readonly start: string; readonly end: string }>;
  charset?: string | undefined;
  collation?: string | undefined;
  comment?: string;
  options: Record<string, string>;
  partitioning?: Partitioning | undefined;
}
export interface BuiltColumn extends Made {
  name: string;
  type: TypeSpec;
  /** Undefined where nothing says which; the server's default then. */
  charset?: string | undefined;
  collation?: string | undefined;
  nullable: boolean;
  default?: string | undefined;
  onUpdate?: string | undefined;
  autoIncrement: boolean;
  generated?: { expression: string; stored: boolean };
  comment?: string;
  invisible: boolean;
}
export interface BuiltKey extends Made {
  name: string;
  kind: KeySpec["kind"];
  parts: KeyPart[];
  using?: string;
  comment?: string;
  parser?: string;
  invisible: boolean;
  /** Name of the period that its last two parts, the end first, stand for. */
  withoutOverlaps?: string;
  /** Made by the server for a foreign key; goes when another index serves it. */
  implicit: boolean;
}
export interface BuiltForeignKey extends Made {
  name: string;
  /** The server chose the name, so a renamed table renames it. */
  autoNamed: boolean;
  columns: string[];
  schema: string;
  table: string;
  references: string[];
  onDelete: ReferenceAction;
  onUpdate: ReferenceAction;
  match: "simple" | "full" | "partial";
  readonly enforced?: boolean;
}
export interface BuiltCheck extends Made {
  name: string;
  autoNamed: boolean;
  expression: string;
  enforced: boolean;
  /** Column of a check that is part of a column's definition. */
  column?: string;
}
export interface BuiltView extends Made {
  schema: string;
  name: string;
  definition: string;
  columns: BuiltViewColumn[];
  reads: { readonly schema: string; readonly name: string }[];
  options: Readonly<Record<string, string>>;
}
/** A view's column and what it shows; `from` is absent for expressions and what cannot be told. */
export interface BuiltViewColumn {
  readonly name: string;
  readonly item?: SelectItem;
  readonly from?: {
    readonly schema: string;
    readonly relation: string;
    readonly column: string;
    readonly optional: boolean;
  };
}
export interface BuiltSequence extends Made {
  schema: string;
  name: string;
  options: Readonly<Record<string, string>>;
}
export interface BuiltRoutine extends Made {
  schema: string;
  name: string;
  variant: "function" | "procedure" | "aggregate";
  parameters: readonly RoutineParameter[];
  returns?: TypeSpec;
  deterministic: boolean;
  readsOnly: boolean;
  securityInvoker: boolean;
  comment?: string;
  definition: string;
  body: string;
}
export interface BuiltEvent extends Made {
  schema: string;
  name: string;
  comment?: string;
  definition: string;
}
export interface BuiltTrigger extends Made {
  schema: string;
  name: string;
  table: string;
  timing: "before" | "after";
  event: "insert" | "update" | "delete";
  definition: string;
}

export function newBuilt(): Built {
  return {
    databases: new Map(),
    tables: new NameMap(),
    views: new NameMap(),
    sequences: new NameMap(),
    routines: new NameMap(),
    events: new NameMap(),
    triggers: new NameMap(),
    referrers: new SetsByKey(),
  };
}

export const nameKey = (schema: string, name: string): string => `${schema}\0${name}`;

/** Objects by name that are also found when only the case of letters differs. */
export class NameMap<T> extends Map<string, T> {
  readonly #keys = new SetsByKey<string, string>();
  override set(key: string, value: T): this {
    this.#keys.add(key.toLowerCase(), key);
    return super.set(key, value);
  }
  override delete(key: string): boolean {
    this.#keys.delete(key.toLowerCase(), key);
    return super.delete(key);
  }
  /** The object of this name, else of one that differs in case only. */
  like(key: string): T | undefined {
    const found = super.get(key);
    if (found !== undefined) return found;
    const [other] = this.alike(key);
    return other;
  }
  /** All whose names differ from this one in case at most. */
  alike(key: string): readonly T[] {
    return [...this.#keys.of(key.toLowerCase())].flatMap((one) => super.get(one) ?? []);
  }
}

/** Takes a table out with its triggers. Foreign keys of other tables still name it. */
export function removeTable(built: Built, table: BuiltTable): void {
  for (const { schema, table: target } of table.foreignKeys) built.referrers.delete(nameKey(schema, target), table);
  for (const { schema, name } of table.triggers) built.triggers.delete(nameKey(schema, name));
  built.tables.delete(nameKey(table.schema, table.name));
}

/** Notes that a statement changed an object, unless that statement made it. */
export function touch(made: Made, at: SourceRef): void {
  const { created, changed } = made.origin;
  const last = changed ?? created;
  if (last.file === at.file && last.line === at.line && last.column === at.column) return;
  made.origin = { created, changed: at };
}

/** Names of columns, keys and constraints ignore case. */
export const sameName = (a: string, b: string): boolean =>
  a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());

export function byName<T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined {
  return list.find((one) => one.name === name) ?? list.find((one) => sameName(one.name, name));
}

/** A statement that does not fit what was made before it. */
export class ApplyError extends Error {
  /** True when something it needs was never made. */
  readonly missing: boolean;
  constructor(message: string, missing = false) {
    super(message);
    this.name = "ApplyError";
    this.missing = missing;
  }
}
