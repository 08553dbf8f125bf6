import { offsetOfPosition } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import { preparePrefix, prepareQueries } from "../../queries/observe-queries.ts";
import { placeInQuery } from "../../queries/read-found-query.ts";
import type { FoundQuery } from "../query.ts";
import type { QueryBreak, QueryChange } from "../query-change.ts";

type Seen =
  | ({ readonly query: FoundQuery } & QueryBreak)
  | ({ readonly query: FoundQuery } & Pick<
      Extract<QueryChange, { readonly kind: "result" }>,
      "kind" | "before" | "after"
    >);

/** Watches which queries still compile. A query that did not compile at the start is not the migration's fault. */
export interface QueryWatch {
  start(queries: readonly FoundQuery[]): Promise<void>;
  /** What became of the queries since the last call: those that do not compile now, and those that return other types. */
  changes(): Promise<readonly Seen[]>;
  /** The queries that compile. */
  readonly sound: readonly FoundQuery[];
}

export function createQueryWatch(engine: EmbeddedEngine): QueryWatch {
  let known = new Map<FoundQuery, readonly string[]>();

  async function look(queries: readonly FoundQuery[]): Promise<readonly Seen[]> {
    const seen: Seen[] = [];
    const now = new Map<FoundQuery, readonly string[]>();
    const observed = await prepareQueries(
      engine,
      queries.map(({ sql }) => sql),
    );
    for (const [at, query] of queries.entries()) {
      const { failure, resultTypes = [] } = observed[at] ?? {};
      if (failure) {
        seen.push({ query, ...breakOf(query, failure, at) });
        continue;
      }
      const before = known.get(query) ?? resultTypes;
      if (before.join() !== resultTypes.join()) seen.push({ kind: "result", query, before, after: resultTypes });
      now.set(query, resultTypes);
    }
    known = now;
    return seen;
  }

  return {
    async start(queries) {
      await look(queries);
    },
    changes: () => (known.size === 0 ? Promise.resolve([]) : look([...known.keys()])),
    get sound() {
      return [...known.keys()];
    },
  };
}

function breakOf(query: FoundQuery, { message, hint, position }: EngineFault, at: number): QueryBreak {
  const prefix = preparePrefix(at);
  const offset = position === undefined ? null : offsetOfPosition(prefix + query.sql, position);
  const line = offset === null ? undefined : placeInQuery(query, Math.max(0, offset - prefix.length)).line;
  return {
    kind: "broken",
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(line === undefined ? {} : { line }),
  };
}
