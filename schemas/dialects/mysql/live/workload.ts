import type { Problem } from "../../../problem.ts";
import type { LiveWorkload } from "../../live-reader.ts";
import { heaviest, workloadQuery } from "../../workload-text.ts";
import { expressionTokens } from "./same-text.ts";
import type { MysqlSession, Row } from "./session.ts";

/** What the server was asked, from the digests of performance_schema, whose texts have no values. */
export async function readWorkload(session: MysqlSession, limit: number): Promise<LiveWorkload> {
  const { rows, failed } = await session.rowsOfMany([ENABLED, DIGESTS]);
  const isOn = Number(rows[0]?.[0]?.["enabled"] ?? 0) === 1;
  if (!isOn || failed.length > 0) return { workload: none, problems: [notCounted(isOn)] };
  const found = rows[1] ?? [];
  const queries = found.flatMap((row) => {
    const text = typeof row["digest_text"] === "string" ? row["digest_text"] : "";
    if (!isQuery(text)) return [];
    const figures = {
      calls: number(row, "calls"),
      totalMs: number(row, "picoseconds") / PICOSECONDS,
      rows: number(row, "returned"),
    };
    return [workloadQuery(text.replaceAll(/\s+/g, " ").trim(), figures)];
  });
  const heavy = heaviest(queries, limit);
  const since = found.flatMap((row) => (typeof row["since"] === "string" ? row["since"] : [])).sort()[0];
  return {
    workload: {
      source: "performance_schema",
      ...(since === undefined ? {} : { since: since.slice(0, "2026-11-27".length) }),
      queries: heavy,
      leftOut: found.length - heavy.length,
    },
    problems: [],
  };
}

const none: LiveWorkload["workload"] = { source: "performance_schema", queries: [], leftOut: 0 };
const PICOSECONDS = 1e9;

const ENABLED = "select @@performance_schema as enabled";
const DIGESTS = `select digest_text, count_star as calls, sum_timer_wait as picoseconds, sum_rows_sent + sum_rows_affected as returned, first_seen as since
  from performance_schema.events_statements_summary_by_digest where schema_name = database() and digest_text is not null order by sum_timer_wait desc limit 10000`;

const VERBS: ReadonlySet<string> = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"]);

/** A query of rows without any string in it: a digest has `?` for each, and what is cut in the middle may not. */
function isQuery(text: string): boolean {
  const tokens = expressionTokens({ engine: "mysql", version: "8.4" }, text);
  const isPlain = tokens.every(({ kind, text: piece }) => kind !== "value" || !piece.startsWith('"'));
  return isPlain && VERBS.has(tokens[0]?.text ?? "") && !text.endsWith("...");
}

const number = (row: Row, field: string): number => Math.max(0, Number(row[field] ?? 0));

function notCounted(isOn: boolean): Problem {
  return {
    code: "QG711",
    severity: "warning",
    message: isOn
      ? "the user may not read what performance_schema counts"
      : "the server does not count its queries: performance_schema is off",
    help: isOn ? "GRANT SELECT ON performance_schema.* to it." : "Start the server with performance_schema=ON.",
  };
}
