import { openingOf, TYPE_NAMES, typeNamesParameters, type Walls } from "#generators/queries/read-transaction.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { ReadSession } from "./connection.ts";

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
  await engine.exec(openingOf(walls));
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

async function typeNames(
  read: ReadSession["read"],
  fields: Parameters<ReadSession["typeNames"]>[0],
): Promise<readonly string[]> {
  const { rows } = await read({ sql: TYPE_NAMES, params: typeNamesParameters(fields), maxRows: fields.length });
  return rows.map(([name]) => name ?? "");
}
