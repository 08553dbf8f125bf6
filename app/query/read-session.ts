import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { RESET_SESSION } from "#schemas/replay/reset-session.ts";
import type { ReadSession } from "./connection.ts";
import { READER_ROLE } from "./reader-role.ts";

/** The walls inside the database, one switch each so that tests can look at one alone. */
export interface Walls {
  readonly role: boolean;
  readonly readOnly: boolean;
}

/**
 * Opens a transaction in which `work` may read. A session's state never outlives it: what an earlier statement set is
 * reset before, and all is rolled back after.
 */
export async function inReadTransaction<T>(
  engine: EmbeddedEngine,
  limits: { readonly timeoutMs: number; readonly bytes: number },
  work: (session: ReadSession) => Promise<T>,
  walls: Walls = { role: true, readOnly: true },
): Promise<T> {
  await engine.exec(opening(walls));
  const deadline = performance.now() + limits.timeoutMs;
  const left = (): { readonly timeoutMs: number } => ({ timeoutMs: Math.max(1, deadline - performance.now()) });
  const read: ReadSession["read"] = ({ sql, params = [], maxRows }) =>
    engine.read({ sql, params, maxRows, maxBytes: limits.bytes }, left());
  const planForAny = async (explain: string): Promise<readonly string[]> => {
    const [result] = await engine.exec(explain, { rowMode: "object", ...left() });
    // The engine's own reader has parsed a plan in JSON.
    return (result?.rows ?? []).map((row) => {
      const line = row["QUERY PLAN"];
      return typeof line === "string" ? line : JSON.stringify(line);
    });
  };
  try {
    const answer = await work({ read, planForAny, typeNames: (fields) => typeNames(read, fields) });
    await engine.exec("rollback");
    return answer;
  } catch (error) {
    // After a limit the engine is gone, and with it the transaction; the error that matters is the first one.
    await engine.exec("rollback").catch(() => undefined);
    throw error;
  }
}

function opening({ role, readOnly }: Walls): string {
  return [
    "rollback",
    RESET_SESSION,
    readOnly ? "begin read only" : "begin",
    ...settings.map((setting) => `set local ${setting}`),
    ...(role ? [`set local role ${READER_ROLE}`] : []),
    // Only before its first snapshot could a transaction still be made read-write.
    "select 1",
  ].join(";");
}

/** What makes values print the same everywhere, and the text mean what the guard read. */
const settings = [
  "timezone = 'UTC'",
  "datestyle = 'ISO, MDY'",
  "intervalstyle = 'postgres'",
  "bytea_output = 'hex'",
  "extra_float_digits = 1",
  "client_encoding = 'UTF8'",
  "standard_conforming_strings = on",
  "row_security = on",
  "jit = off",
  "temp_file_limit = '256MB'",
];

async function typeNames(
  read: ReadSession["read"],
  fields: Parameters<ReadSession["typeNames"]>[0],
): Promise<readonly string[]> {
  const { rows } = await read({
    sql: "select pg_catalog.format_type(t.type, t.modifier) from unnest($1::oid[], $2::int4[]) with ordinality as t(type, modifier, place) order by place",
    params: [`{${fields.map(({ type }) => type).join(",")}}`, `{${fields.map(({ modifier }) => modifier).join(",")}}`],
    maxRows: fields.length,
  });
  return rows.map(([name]) => name ?? "");
}
