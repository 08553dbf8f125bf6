import { createHash } from "node:crypto";
import type { Dialect } from "../../model.ts";
import type { Problem } from "../../problem.ts";
import type {
  DeclaredCheck,
  DeclaredColumn,
  DeclaredForeignKey,
  DeclaredIndex,
  DeclaredName,
  DeclaredTable,
  DeclaredUnique,
} from "../declared/declared-schema.ts";

/** A table while the file is read. */
export interface TableDraft extends DeclaredTable {
  readonly columns: DeclaredColumn[];
  readonly uniques: DeclaredUnique[];
  readonly checks: DeclaredCheck[];
  readonly exclusions: { readonly name?: string; readonly definition: string; readonly line: number }[];
  readonly indexes: DeclaredIndex[];
  readonly foreignKeys: DeclaredForeignKey[];
}

export interface RailsContext {
  readonly dialect: Dialect;
  readonly path: string;
  /** Of the schema's format, such as 7.1; 0 before Rails wrote it. */
  readonly version: number;
  /** By the name the file gives them. */
  readonly tables: Map<string, TableDraft>;
  readonly problems: Problem[];
}

/** `sales.orders` is a table of a schema. */
export function path(name: string): DeclaredName {
  const dot = name.indexOf(".");
  return dot === -1 ? { name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) };
}

/** As Active Record names what has no name: `fk_rails_` and ten digits of a hash. */
export function hashedName(prefix: string, identifier: string): string {
  return `${prefix}_rails_${createHash("sha256").update(identifier).digest("hex").slice(0, 10)}`;
}
