import { z } from "zod";
import type { Problem } from "../../../problem.ts";
import type { LiveWorkload } from "../../live-reader.ts";
import { heaviest, workloadQuery } from "../../workload-text.ts";
import { nextToken, type Scanner } from "../../../languages/sql/mssql/tokens.ts";
import type { MssqlSession } from "./session.ts";

/** What the server was asked, from Query Store. Its texts are as they were sent: what is a value in them is taken out. */
export async function readWorkload(session: MssqlSession, limit: number): Promise<LiveWorkload> {
  const [state, found] = await session.json([STATE, QUERIES]);
  const [{ on }] = z.tuple([z.object({ on: z.number() })]).parse(state ?? [{ on: 0 }]);
  if (on === 0) return { workload: { source: "Query Store", queries: [], leftOut: 0 }, problems: [isOff] };
  const rows = answer.parse(found ?? []);
  const read = rows.flatMap(({ text, calls, ms, rows: returned }) => {
    const plain = withoutValues(text);
    return plain === null ? [] : [workloadQuery(plain, { calls, totalMs: ms, rows: returned })];
  });
  const queries = heaviest(read, limit);
  const since = rows.map((row) => row.since).sort()[0];
  return {
    workload: {
      source: "Query Store",
      ...(since === undefined ? {} : { since: since.slice(0, "2026-11-27".length) }),
      queries,
      leftOut: rows.length - queries.length,
    },
    problems: [],
  };
}

const answer = z.array(
  z.object({ text: z.string(), calls: z.number(), ms: z.number(), rows: z.number(), since: z.string() }),
);

export const STATE =
  "select case when actual_state in (1, 2) then 1 else 0 end as [on] from sys.database_query_store_options for json path";

/** Average times are in microseconds. */
export const QUERIES = `select top (10000) t.query_sql_text as text, sum(r.count_executions) as calls, sum(r.avg_duration * r.count_executions) / 1000.0 as ms,
    sum(r.avg_rowcount * r.count_executions) as rows, convert(nvarchar(30), min(r.first_execution_time), 126) as since
  from sys.query_store_query_text t join sys.query_store_query q on q.query_text_id = t.query_text_id join sys.query_store_plan p on p.query_id = q.query_id
  join sys.query_store_runtime_stats r on r.plan_id = p.plan_id where q.is_internal_query = 0
  group by t.query_text_id, t.query_sql_text order by 3 desc for json path, include_null_values`;

const VERBS: ReadonlySet<string> = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH"]);

/** The text on one line with `?` for every value, comments and the list of parameter types out; null for anything but a query. */
export function withoutValues(text: string): string | null {
  // A parameterised text begins with its parameters: (@p1 int)SELECT …
  const scanner: Scanner = { text, at: 0, open: null, variable: () => null };
  const parts: string[] = [];
  let depth = 0;
  let isList = false;
  for (let token = nextToken(scanner); token !== null && token.kind !== "end"; token = nextToken(scanner)) {
    if (parts.length === 0 && token.key === "(" && !isList) isList = true;
    if (isList) {
      depth += Number(token.key === "(") - Number(token.key === ")");
      isList = depth > 0;
      continue;
    }
    const isValue = token.kind === "string" || token.kind === "number";
    parts.push(isValue ? "?" : text.slice(token.start, token.end));
  }
  if (scanner.open !== null || !VERBS.has(parts[0]?.toUpperCase() ?? "")) return null;
  return parts.join(" ").replaceAll(/ (?=[,.;)])|(?<=[(.]) /g, "");
}

const isOff: Problem = {
  code: "QG711",
  severity: "warning",
  message: "the server does not keep its queries: Query Store is off in this database",
  help: "ALTER DATABASE CURRENT SET QUERY_STORE = ON keeps them; reading them needs VIEW DATABASE STATE.",
};
