import { offsetOfPosition, placeInStatement } from "#schemas/languages/sql/postgres/parse-problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import type { SavedQuery } from "../../generator.ts";
import type { BrokenQuery } from "../broken-query.ts";

type Failure = Omit<BrokenQuery, "statement">;

/** Watches which saved queries still compile. A query that did not compile at the start is not the migration's fault. */
export interface QueryWatch {
  start(queries: readonly SavedQuery[]): Promise<void>;
  /** The queries that ceased to compile since the last call. */
  newlyBroken(): Promise<readonly Failure[]>;
}

const PREFIX = "prepare _querygenie as ";

export function createQueryWatch(engine: EmbeddedEngine): QueryWatch {
  let sound: readonly SavedQuery[] = [];

  async function check(queries: readonly SavedQuery[]): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    for (const query of queries) {
      const { error } = await engine.run(PREFIX + query.sql, { guarded: false });
      if (error) failures.push(toFailure(query, error));
      else await engine.run("deallocate _querygenie", { guarded: false });
    }
    const lost = new Set(failures.map(({ query }) => query));
    sound = queries.filter((query) => !lost.has(query));
    return failures;
  }

  return {
    async start(queries) {
      await check(queries);
    },
    newlyBroken: () => check(sound),
  };
}

function toFailure(query: SavedQuery, { message, hint, position }: EngineFault): Failure {
  const statement = { text: query.sql, index: 0, span: { ...query.origin, endLine: 0, endColumn: 0 } };
  const offset = position === undefined ? null : offsetOfPosition(PREFIX + query.sql, position);
  return {
    query,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(offset === null ? {} : { line: placeInStatement(statement, offset - PREFIX.length).line }),
  };
}
