import type { LiveReader, LiveServer } from "./live-reader.ts";
import type { LiveTarget } from "./live-target.ts";
import { mssqlLive } from "./mssql/live/introspect.ts";
import { mysqlLive } from "./mysql/live/introspect.ts";
import { postgresLive } from "./postgres/live/introspect.ts";

const readers: readonly LiveReader[] = [mssqlLive, mysqlLive, postgresLive];

/** Opens a read-only session. Throws `ProblemError` (exit 3) that names the connection and nothing of its URL. */
export async function openLive(target: LiveTarget): Promise<LiveServer> {
  const reader = readers.find(({ id }) => id === target.dialect);
  if (!reader)
    throw new Error(`There is no reader of running ${target.dialect} databases: this is a fault of QueryGenie.`);
  return await reader.open(target);
}
