import { createHash, timingSafeEqual } from "node:crypto";
import type { Role } from "./roles.ts";

/** A program that may ask with a token, of which only the hash is known. */
export interface Machine {
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of its token. */
  readonly tokenHash: Buffer;
  /** From this moment on the token is worth nothing. Default: it does not end. */
  readonly until?: Date;
}

const FORM = /^([a-z][a-z0-9-]*):(read|write|admin):([0-9a-f]{64})(?::(\d{4}-\d{2}-\d{2}))?$/;

/** Reads `name:role:sha256 in hexadecimal[:last day]`, with commas between. Null for a text that is no such list. */
export function parseMachines(text: string): readonly Machine[] | null {
  const machines: Machine[] = [];
  for (const part of text.split(",").map((word) => word.trim())) {
    const [, name, role, hash, day] = FORM.exec(part) ?? [];
    if (name === undefined || hash === undefined || (role !== "read" && role !== "write" && role !== "admin"))
      return null;
    const until = day === undefined ? undefined : new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
    if (until !== undefined && Number.isNaN(until.getTime())) return null;
    if (machines.some((machine) => machine.name === name)) return null;
    machines.push({ name, role, tokenHash: Buffer.from(hash, "hex"), ...(until === undefined ? {} : { until }) });
  }
  return machines;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A machine whose token is known as it is. */
export const machineOf = (name: string, role: Role, token: string): Machine => ({
  name,
  role,
  tokenHash: sha256(token),
});

/** Whose token it is; null for nobody's. Looks at every machine, so that the time tells nothing. */
export function machineWith(token: string, machines: readonly Machine[], now: Date): Machine | null {
  const given = sha256(token);
  let found: Machine | null = null;
  for (const machine of machines) if (timingSafeEqual(given, machine.tokenHash)) found = machine;
  return found?.until !== undefined && found.until <= now ? null : found;
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
