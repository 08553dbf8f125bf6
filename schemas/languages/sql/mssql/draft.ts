import type { DataType, ReferentialAction } from "../../../model.ts";
import type { Origin, SourceRef } from "../../../source.ts";
import { SetsByKey } from "../sets-by-key.ts";
import type { NameRef } from "./reader.ts";
import type { Statement } from "./statement.ts";

/** Objects while statements change them: they point at each other, so that a rename is one assignment. */
interface DraftBase {
  /** Stands for SQL Server's object_id. */
  readonly number: number;
  name: string;
  comment?: string;
  origin: Origin;
}
interface InSchema extends DraftBase {
  schema: string;
  grants?: Map<string, { readonly grantee: string; readonly privilege: string; readonly columns: readonly string[] }>;
}

export interface DraftColumn extends DraftBase {
  kind: "column";
  type: DataType;
  ownType?: DraftType;
  nullable: boolean;
  default?: { readonly expression: string; readonly name?: string; readonly number: number };
  identity?: { readonly start: string; readonly increment: string };
  generated?: { readonly expression: string; readonly stored: boolean };
  collation?: string;
  readonly marks: Map<string, string>;
}
export interface DraftKeyPart {
  readonly column: DraftColumn;
  readonly descending: boolean;
}
export interface DraftConstraint extends DraftBase {
  readonly kind: "primary key" | "unique" | "foreign key" | "check";
  readonly table: DraftTable;
  /** True when the script gives no name: SQL Server makes one with a random end. */
  readonly isSystemNamed: boolean;
  keys: readonly DraftKeyPart[];
  readonly clustered?: boolean;
  readonly hash?: boolean;
  readonly expression?: string;
  /** Looked up when the model is written: the table may come later in a folder of files. */
  readonly target?: {
    readonly ref: NameRef;
    readonly columns: readonly string[];
    table?: DraftTable;
    resolved?: readonly DraftColumn[];
  };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  validated: boolean;
  enforced: boolean;
}
export interface DraftIndex extends DraftBase {
  readonly kind: "index";
  readonly method: string;
  readonly unique: boolean;
  readonly clustered: boolean;
  keys: readonly DraftKeyPart[];
  include: readonly DraftColumn[];
  readonly predicate?: string;
  valid: boolean;
}
export interface DraftTrigger extends DraftBase {
  readonly kind: "trigger";
  readonly schema: string;
  readonly parent: DraftTable | DraftView | null;
  readonly timing: "after" | "instead of";
  readonly events: readonly ("insert" | "update" | "delete")[];
  enabled: boolean;
  readonly text: string;
}
export interface DraftTable extends InSchema {
  readonly kind: "table";
  columns: DraftColumn[];
  constraints: DraftConstraint[];
  indexes: DraftIndex[];
  triggers: DraftTrigger[];
  readonly options: Map<string, string>;
}
export interface ViewColumn {
  readonly name: string;
  /** Absent when it cannot be told from the query. */
  readonly type?: DataType;
  readonly typeOwner?: DraftType;
  readonly nullable: boolean;
  readonly collation?: string;
}
export interface DraftView extends InSchema {
  readonly kind: "view";
  readonly source: Extract<Statement, { kind: "view" }>;
  columns: readonly ViewColumn[] | null;
  readonly comments: Map<string, string>;
  indexes: DraftIndex[];
  triggers: DraftTrigger[];
}
export interface DraftRoutine extends InSchema {
  readonly kind: "routine";
  readonly source: Extract<Statement, { kind: "routine" }>;
}
export interface DraftSequence extends InSchema {
  readonly kind: "sequence";
  source: Extract<Statement, { kind: "sequence" }>;
}
export interface DraftSynonym extends InSchema {
  readonly kind: "synonym";
  readonly target: string;
}
export interface DraftDomain extends InSchema {
  readonly kind: "domain";
  readonly base: DataType;
  readonly nullable: boolean;
}
export interface DraftTableType extends InSchema {
  readonly kind: "table type";
  readonly columns: readonly DraftColumn[];
}
export type DraftType = DraftDomain | DraftTableType;
export interface DraftDefault extends DraftBase {
  readonly kind: "default";
  readonly table: DraftTable;
  readonly column: DraftColumn;
}
export interface DraftSchema extends DraftBase {
  readonly kind: "schema";
  owner?: string;
  /** False for schemas that no statement makes. */
  readonly isDeclared: boolean;
}

/** What shares one namespace in a schema. */
export type DraftObject =
  | DraftTable
  | DraftView
  | DraftRoutine
  | DraftSequence
  | DraftSynonym
  | DraftConstraint
  | DraftTrigger
  | DraftDefault;

/** The schema that an object without one of its own belongs to. */
export const schemaOf = (object: DraftObject): string =>
  object.kind === "default" || !("schema" in object) ? object.table.schema : object.schema;

/** All objects so far. Names compare without case, as under the collations servers are installed with. */
export class Draft {
  readonly defaultSchema: string;
  readonly schemas = new Map<string, DraftSchema>();
  readonly types = new Map<string, DraftType>();
  readonly #objects = new Map<string, DraftObject>();
  readonly #byName = new SetsByKey<string, DraftObject>();
  readonly #byIndex = new SetsByKey<string, DraftTable>();
  readonly #pointing = new SetsByKey<DraftTable, DraftConstraint>();
  readonly #byNumber = new Map<number, DraftObject>();
  #last = 1000;

  constructor(defaultSchema: string) {
    this.defaultSchema = defaultSchema;
  }

  number(): number {
    return ++this.#last;
  }

  schemaName(ref: { readonly schema?: string }): string {
    const written = ref.schema ?? this.defaultSchema;
    return this.schemas.get(written.toLowerCase())?.name ?? written;
  }

  /** Notes that a schema is used. */
  useSchema(name: string, at: SourceRef): void {
    if (this.schemas.has(name.toLowerCase())) return;
    this.schemas.set(name.toLowerCase(), {
      kind: "schema",
      number: this.number(),
      name,
      origin: { created: at },
      isDeclared: false,
    });
  }

  find(ref: { readonly schema?: string; readonly name: string }): DraftObject | undefined {
    return this.#objects.get(keyOf(this.schemaName(ref), ref.name));
  }

  /** Objects of any schema with this name. */
  named(name: string): Iterable<DraftObject> {
    return this.#byName.of(name.toLowerCase());
  }

  /** Tables that have an index of this name. */
  withIndex(name: string): Iterable<DraftTable> {
    return this.#byIndex.of(name.toLowerCase());
  }

  /** Foreign keys whose target was this table when they were made. */
  pointingAt(table: DraftTable): Iterable<DraftConstraint> {
    return this.#pointing.of(table);
  }

  table(ref: { readonly schema?: string; readonly name: string }): DraftTable | undefined {
    const found = this.find(ref);
    return found?.kind === "table" ? found : undefined;
  }

  type(ref: { readonly schema?: string; readonly name: string }): DraftType | undefined {
    return this.types.get(keyOf(this.schemaName(ref), ref.name));
  }

  all(): IterableIterator<DraftObject> {
    return this.#objects.values();
  }

  /** The object with this object_id. */
  numbered(number: unknown): DraftObject | undefined {
    return typeof number === "number" ? this.#byNumber.get(number) : undefined;
  }

  add(object: DraftObject): void {
    this.#byNumber.set(object.number, object);
    this.#objects.set(keyOf(schemaOf(object), object.name), object);
    this.#byName.add(object.name.toLowerCase(), object);
    if (object.kind === "foreign key" && object.target?.table) this.#pointing.add(object.target.table, object);
  }

  /** Takes an object out, with everything that goes with it. */
  remove(object: DraftObject): void {
    const key = keyOf(schemaOf(object), object.name);
    if (this.#objects.get(key) === object) this.#objects.delete(key);
    this.#byName.delete(object.name.toLowerCase(), object);
    this.#byNumber.delete(object.number);
    if (object.kind === "foreign key" && object.target?.table) this.#pointing.delete(object.target.table, object);
    if (object.kind === "table")
      for (const { name } of object.indexes) this.#byIndex.delete(name.toLowerCase(), object);
    for (const part of partsOf(object)) this.remove(part);
  }

  /** Runs a change of an object's name or schema and keeps the lists right. */
  rename(object: DraftObject, change: () => void): void {
    const moved = [object, ...partsOf(object)];
    for (const one of moved) {
      const key = keyOf(schemaOf(one), one.name);
      if (this.#objects.get(key) === one) this.#objects.delete(key);
      this.#byName.delete(one.name.toLowerCase(), one);
    }
    change();
    for (const one of moved) this.add(one);
  }

  addIndex(table: DraftTable, index: DraftIndex): void {
    table.indexes.push(index);
    this.#byIndex.add(index.name.toLowerCase(), table);
  }

  removeIndex(table: DraftTable, index: DraftIndex): void {
    table.indexes = table.indexes.filter((one) => one !== index);
    this.#byIndex.delete(index.name.toLowerCase(), table);
  }

  renameIndex(table: DraftTable, index: DraftIndex, to: string): void {
    this.#byIndex.delete(index.name.toLowerCase(), table);
    index.name = to;
    this.#byIndex.add(to.toLowerCase(), table);
  }

  addType(type: DraftType): void {
    this.types.set(keyOf(type.schema, type.name), type);
  }

  removeType(type: DraftType): void {
    this.types.delete(keyOf(type.schema, type.name));
  }

  /** A name for a constraint that has none, in SQL Server's own pattern without its random end. */
  systemName(table: DraftTable, prefix: string, parts: readonly string[]): string {
    const base = [prefix, table.name, ...parts].join("__");
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}__${count}`;
      if (!this.find({ schema: table.schema, name })) return name;
    }
  }
}

/** What belongs to an object and goes with it: constraints, triggers and named defaults. */
export function partsOf(object: DraftObject): readonly DraftObject[] {
  if (object.kind === "table") {
    const defaults = object.columns.flatMap((column) => defaultOf(object, column));
    return [...object.constraints, ...object.triggers, ...defaults];
  }
  return object.kind === "view" ? object.triggers : [];
}

const defaults = new WeakMap<object, DraftDefault>();

/** The named default of a column as an object of its schema; the same one each time. */
export function defaultOf(table: DraftTable, column: DraftColumn): readonly DraftDefault[] {
  const own = column.default;
  if (own?.name === undefined) return [];
  const known = defaults.get(own);
  if (known) return [known];
  const made: DraftDefault = {
    kind: "default",
    number: own.number,
    name: own.name,
    table,
    column,
    origin: column.origin,
  };
  defaults.set(own, made);
  return [made];
}

export const keyOf = (schema: string, name: string): string => `${schema}\u0000${name}`.toLowerCase();

export const sameName = (a: string, b: string): boolean =>
  a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());

export const columnOf = (table: { readonly columns: readonly DraftColumn[] }, name: string): DraftColumn | undefined =>
  table.columns.find((column) => sameName(column.name, name));

/** Notes where an object was changed. */
export function touch(object: { origin: Origin }, at: SourceRef): void {
  object.origin = { created: object.origin.created, changed: at };
}
