import type { SiteQuery } from "#generators/site-data/contract.ts";
import type { SiteEngine } from "#generators/site-data/engine.ts";
import type { Account } from "./account.ts";
import { browserEngine } from "./engine/browser-runner.ts";
import { httpRunner } from "./http-runner.ts";
import { savedRunner, type QueryRunner } from "./query-runner.ts";

/** Something the reader may choose to have answers from. */
export interface PlaygroundConnection {
  readonly id: "function" | "browser" | "saved" | `served:${string}`;
  readonly label: string;
  readonly runner: QueryRunner;
  /** Makes all as it was; absent where nothing changes. */
  reset?(): Promise<void>;
}

/** What answers here, the best first; the last is always there. `onStage` hears what a start is doing. */
export function connectionsOf(
  {
    queryUrl,
    engine,
    account,
  }: { readonly queryUrl: string | null; readonly engine: SiteEngine | null; readonly account: Account | null },
  queries: () => Promise<readonly SiteQuery[]>,
  onStage: (text: string | null) => void,
): readonly PlaygroundConnection[] {
  const connections: PlaygroundConnection[] = [];
  if (queryUrl !== null)
    connections.push({ id: "function", label: "Query function", runner: httpRunner(queryUrl, proofOf(account)) });
  if (engine !== null) {
    const runner = browserEngine(engine, onStage);
    const size = `${Math.max(1, Math.round(engine.bytes / 1_000_000))} MB`;
    connections.push({ id: "browser", label: `In this browser (${size})`, runner, reset: () => runner.reset() });
  }
  return [...connections, { id: "saved", label: "Saved answers", runner: savedRunner(queries) }];
}

/** The running databases that the server queries for this reader. */
export async function servedConnections(queryUrl: string, account: Account): Promise<readonly PlaygroundConnection[]> {
  return (await account.connections()).map((connection) => ({
    id: `served:${connection.name}` as const,
    label: connection.name,
    runner: httpRunner(queryUrl, { ...proofOf(account), connection }),
  }));
}

const proofOf = (account: Account | null) => (account === null ? {} : { proof: account.proof });
