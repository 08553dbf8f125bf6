import type { PGlite as PGliteInstance } from "@electric-sql/pglite";
import type { ReadOptions, ReadResult } from "./protocol.ts";

type Pglite = typeof import("@electric-sql/pglite");
type Messages = Awaited<ReturnType<PGliteInstance["execProtocol"]>>["messages"];

/**
 * Runs one statement through the extended protocol and returns the values as PostgreSQL prints them, a batch at a
 * time, until the rows or the bytes are as many as allowed. Needs an open transaction: only there a portal outlives
 * its batch. Errors are the engine's own.
 */
export async function readRows(
  { protocol }: Pglite,
  engine: PGliteInstance,
  { sql, params, maxRows, maxBytes }: ReadOptions,
): Promise<ReadResult> {
  const { serialize } = protocol;
  const send = async (...parts: readonly Uint8Array[]): Promise<Messages> =>
    (await engine.execProtocol(joined([...parts, serialize.sync()]))).messages;

  const prepared = await send(
    serialize.parse({ text: sql }),
    serialize.bind({ values: [...params] }),
    serialize.describe({ type: "P" }),
  );
  const fields = prepared.flatMap((message) =>
    message instanceof protocol.messages.RowDescriptionMessage
      ? message.fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
          name,
          type: dataTypeID,
          modifier: dataTypeModifier,
        }))
      : [],
  );
  const rows: (string | null)[][] = [];
  let bytes = 0;
  let isComplete = maxRows === 0;
  while (!isComplete && rows.length <= maxRows && bytes <= maxBytes) {
    const batch = await send(serialize.execute({ rows: Math.min(BATCH, maxRows + 1 - rows.length) }));
    isComplete = !batch.some((message) => message.name === "portalSuspended");
    for (const message of batch) {
      if (!(message instanceof protocol.messages.DataRowMessage)) continue;
      bytes += message.length;
      rows.push(message.fields);
    }
  }
  const isCut = rows.length > maxRows || bytes > maxBytes;
  return { fields, rows: isCut ? cut(rows, { maxRows, maxBytes }) : rows, hasMore: isCut };
}

/** Rows asked for at once: few, so that wide rows stop at the limit of bytes before they fill the memory. */
const BATCH = 64;

function cut(
  rows: readonly (string | null)[][],
  { maxRows, maxBytes }: Pick<ReadOptions, "maxRows" | "maxBytes">,
): (string | null)[][] {
  const kept: (string | null)[][] = [];
  let bytes = 0;
  for (const row of rows) {
    for (const value of row) bytes += value === null ? 4 : byteLength(value) + 4;
    if (kept.length >= maxRows || bytes > maxBytes) break;
    kept.push(row);
  }
  return kept;
}

// Without Node's Buffer: a page of the site reads rows by this too.
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;
