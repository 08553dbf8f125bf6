import type { QueryConnection } from "#app/query/query-connection.ts";
import type { AccessSettings } from "#app/sign-in/open-people.ts";
import type { Config } from "#schemas/config/schema.ts";
import { connectionTarget, type ConnectionWorld } from "./live-connection.ts";

/**
 * The running databases that a server queries, by their names under `connections`. Nothing is opened yet. Throws
 * `ProblemError` (exit 2) for a name that is not configured or whose variable is missing or wrong.
 */
export async function servedConnections(
  place: ConnectionWorld,
  names: readonly string[],
  limits: Pick<Config["limits"], "resultRows" | "resultMegabytes">,
): Promise<readonly QueryConnection[]> {
  if (names.length === 0) return [];
  const { openLiveConnection } = await import("#app/query/live/open-live.ts");
  const { defaultLimits } = await import("#app/query/connection.ts");
  const most = { ...defaultLimits, rows: limits.resultRows, bytes: limits.resultMegabytes * 1024 * 1024 };
  const targets = await Promise.all(names.map((name) => connectionTarget(place, name)));
  return targets.map((target) => openLiveConnection(target, most));
}

/** What the configuration says of who may query which; the others have the server's default. */
export const leastRolesOf = (connections: Config["connections"]): NonNullable<AccessSettings["leastRoles"]> =>
  new Map(
    Object.entries(connections).flatMap(([name, { role }]) => (role === undefined ? [] : [[name, role] as const])),
  );
