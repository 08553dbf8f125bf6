import { bookkeepingTable } from "./bookkeeping.ts";
import type { EngineFault } from "./protocol.ts";

/** Something a script takes for granted, and the statement that makes it. */
export interface Shim {
  readonly kind: "role" | "schema" | "bookkeeping";
  readonly name: string;
  readonly sql: string;
}

const UNDEFINED_OBJECT = "42704";
const UNDEFINED_SCHEMA = "3F000";
const UNDEFINED_TABLE = "42P01";

/** What would let a failed statement go on; null when nothing is known to. */
export function shimFor(fault: EngineFault): Shim | null {
  // The engine names the missing object in its message only; the embedded engine always speaks English.
  const [, kind, name] = /^(role|schema|relation) "(.+)" does not exist$/.exec(fault.message) ?? [];
  if (kind === undefined || name === undefined) return null;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  if (kind === "role" && fault.sqlstate === UNDEFINED_OBJECT) return { kind, name, sql: `create role ${quoted}` };
  if (kind === "schema" && fault.sqlstate === UNDEFINED_SCHEMA) return { kind, name, sql: `create schema ${quoted}` };
  if (kind === "relation" && fault.sqlstate === UNDEFINED_TABLE) {
    const sql = bookkeepingTable(name);
    return sql === null ? null : { kind: "bookkeeping", name, sql };
  }
  return null;
}

/** SQLSTATEs that say that something the statement refers to is not there. */
const MISSING = new Set([UNDEFINED_OBJECT, UNDEFINED_SCHEMA, UNDEFINED_TABLE, "42703", "42883"]);

/** True when the fault says that the statement builds on something that was never made. */
export const isMissingObject = (fault: EngineFault): boolean =>
  fault.sqlstate !== undefined && MISSING.has(fault.sqlstate);
