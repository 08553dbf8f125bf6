import { z } from "zod";
import { walk } from "../../../languages/sql/postgres/ast.ts";
import { loadParser, type Parser } from "../../../languages/sql/postgres/parse.ts";
import { readToken, type Token } from "../../../languages/sql/postgres/tokens.ts";
import type { Problem } from "../../../problem.ts";
import type { LiveWorkload } from "../../live-reader.ts";
import { heaviest, workloadQuery } from "../../workload-text.ts";
import type { PostgresSession } from "./session.ts";

/** What the server was asked, from pg_stat_statements. Two round trips: the extension may be in any schema. */
export async function readWorkload(session: PostgresSession, limit: number): Promise<LiveWorkload> {
  const [place] = await session.rows([PLACE]);
  const schema = place?.["schema"];
  if (typeof schema !== "string") return { workload: none, problems: [notInstalled] };
  const [row] = await session.rows([workloadQueryText(schema, session.version)]);
  const { since, statements } = answer.parse(JSON.parse(String(row?.["workload"])));
  const parser = await loadParser();
  const read = statements.flatMap(({ query, calls, ms, rows }) => {
    const text = query === null ? null : plainQuery(parser, query);
    return text === null ? [] : [workloadQuery(text, { calls, totalMs: ms, rows })];
  });
  const queries = heaviest(read, limit);
  const hidden = statements.filter(({ query }) => query === "<insufficient privilege>").length;
  return {
    workload: {
      source: "pg_stat_statements",
      ...(since === null ? {} : { since: since.slice(0, "2026-11-27".length) }),
      queries,
      leftOut: statements.length - queries.length,
    },
    problems: hidden === 0 ? [] : [hiddenTexts(hidden)],
  };
}

const none: LiveWorkload["workload"] = { source: "pg_stat_statements", queries: [], leftOut: 0 };

/**
 * A query or change of rows with `$1` for every constant and without comments, which may name users; null for anything
 * else, whose text may hold a password, and for questions about the catalog.
 */
export function plainQuery(parser: Parser, query: string): string | null {
  const outcome = parser.parse(query);
  if (!outcome.ok || outcome.tree.stmts?.length !== 1) return null;
  const [kind] = Object.keys(outcome.tree.stmts[0]?.stmt ?? {});
  if (kind === undefined || !QUERIES.has(kind)) return null;
  let readsTables = false;
  walk(outcome.tree, {
    RangeVar: ({ schemaname, relname }) => {
      const isSystem = schemaname === "pg_catalog" || schemaname === "information_schema" || relname?.startsWith("pg_");
      readsTables ||= isSystem !== true;
    },
  });
  const normal = readsTables ? parser.normalize(query) : null;
  return normal === null ? null : withoutComments(normal);
}

const QUERIES: ReadonlySet<string> = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]);

/** The text on one line, comments out. Null when a string is left in it. */
function withoutComments(text: string): string | null {
  const token: Token = { kind: "space", start: 0, end: 0 };
  let out = "";
  for (let at = 0; at < text.length; at = token.end) {
    readToken(text, at, token);
    if (token.kind === "string" || token.kind === "open") return null;
    const isBlank = token.kind === "space" || token.kind === "lineComment" || token.kind === "blockComment";
    if (!isBlank) out += text.slice(token.start, token.end);
    else if (!out.endsWith(" ")) out += " ";
  }
  return out.trim();
}

const answer = z.object({
  since: z.string().nullable(),
  statements: z.array(z.object({ query: z.string().nullable(), calls: z.number(), ms: z.number(), rows: z.number() })),
});

const PLACE = `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`;
/** The view keeps 5,000 statements unless it is told otherwise. */
const MOST = 10_000;
const RESET_KNOWN = 140_000;

function workloadQueryText(schema: string, version: number): string {
  const place = `"${schema.replaceAll('"', '""')}"`;
  // The columns have had other names before 13.
  return `
select json_build_object(
'since', ${version >= RESET_KNOWN ? `(select i.stats_reset::text from ${place}.pg_stat_statements_info i)` : "null"},
'statements', (select coalesce(json_agg(json_build_object('query', x.j ->> 'query', 'calls', (x.j ->> 'calls')::float8,
    'ms', coalesce(x.j ->> 'total_exec_time', x.j ->> 'total_time')::float8, 'rows', (x.j ->> 'rows')::float8)), '[]')
    from (select to_jsonb(s) as j from ${place}.pg_stat_statements s
           where s.dbid = (select oid from pg_database where datname = current_database())
           order by coalesce(to_jsonb(s) ->> 'total_exec_time', to_jsonb(s) ->> 'total_time')::float8 desc limit ${MOST}) x)
)::text as workload`;
}

const notInstalled: Problem = {
  code: "QG711",
  severity: "warning",
  message: "the server does not count its queries: pg_stat_statements is not installed in this database",
  help: "Add it to shared_preload_libraries and run CREATE EXTENSION pg_stat_statements.",
};

function hiddenTexts(count: number): Problem {
  return {
    code: "QG711",
    severity: "warning",
    message: `${count} queries of other users are hidden from this one`,
    help: "GRANT pg_read_all_stats to the connection's user shows their texts; constants are never in them.",
  };
}
