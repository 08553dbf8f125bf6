import { z } from "zod/mini";
import type { QueryRequest, QueryRunner, Refusal } from "./query-runner.ts";

const rowsAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  rowCount: z.number(),
  truncated: z.boolean(),
  elapsedMs: z.number(),
});
const planAnswer = z.object({ tree: z.unknown(), text: z.string(), warnings: z.array(z.string()) });
const optimizeAnswer = z.object({
  suggestions: z.array(
    z.object({
      kind: z.enum(["rewrite", "index", "hint"]),
      title: z.string(),
      sql: z.optional(z.string()),
      costBefore: z.optional(z.number()),
      costAfter: z.optional(z.number()),
    }),
  ),
});
const anyAnswer = z.looseObject({});
const problemAnswer = z.looseObject({ title: z.string(), detail: z.optional(z.string()) });

/** The address answers, but not as a query function does: the site was moved to a host without one. */
export class NoQueryFunction extends Error {}

/** The query function over HTTP. `url` is where `/query` and `/explain` are, without a slash at its end. */
export function httpRunner(url: string): QueryRunner {
  return {
    about: "Queries run on the sample data and can only read it.",
    async run(request) {
      const answer = await post(`${url}/query`, request, rowsAnswer);
      if ("kind" in answer) return answer;
      const { elapsedMs, ...rows } = answer.value;
      return { kind: "rows", elapsedMs, rows };
    },
    async explain(request) {
      const answer = await post(`${url}/explain`, request, planAnswer);
      return "kind" in answer ? answer : { kind: "plan", plan: answer.value };
    },
    async check({ sql, signal }) {
      const answer = await post(`${url}/query`, { sql, check: true, ...(signal && { signal }) }, anyAnswer);
      return "kind" in answer ? answer : null;
    },
    async optimize({ sql, signal }) {
      const answer = await post(`${url}/optimize`, { sql, ...(signal && { signal }) }, optimizeAnswer);
      return "kind" in answer ? answer : { kind: "suggestions", suggestions: answer.value.suggestions };
    },
  };
}

async function post<T>(
  url: string,
  { params = [], signal, ...asked }: QueryRequest & { readonly check?: true },
  schema: z.ZodMiniType<T>,
): Promise<{ readonly value: T } | Refusal> {
  let response: Response;
  try {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const body = JSON.stringify(params.length === 0 ? asked : { ...asked, params });
    response = await fetch(url, { method: "POST", headers, body, ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) return { kind: "refusal", title: "Stopped", detail: "The query was stopped." };
    throw new NoQueryFunction("The query function cannot be reached.", { cause: error });
  }
  const body: unknown = await response.json().catch(() => undefined);
  const problem = problemAnswer.safeParse(body);
  if (!response.ok && problem.success) {
    return { kind: "refusal", title: problem.data.title, detail: problem.data.detail ?? "" };
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new NoQueryFunction(`${url} is no query function.`, { cause: parsed.error });
  return { value: parsed.data };
}
