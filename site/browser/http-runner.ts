import { z } from "zod/mini";
import type { Account, ServedConnection } from "./account.ts";
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
const problemAnswer = z.looseObject({
  title: z.string(),
  detail: z.optional(z.string()),
  hint: z.optional(z.string()),
});

/** The address answers, but not as a query function does: the site was moved to a host without one. */
export class NoQueryFunction extends Error {}

interface HttpOptions {
  /** Headers that prove to the server that a request is this page's. Default: none. */
  readonly proof?: Account["proof"];
  /** A running database in place of the server's default. */
  readonly connection?: ServedConnection;
}

/** The query function over HTTP. `url` is where `/query` and `/explain` are, without a slash at its end. */
export function httpRunner(url: string, { proof, connection }: HttpOptions = {}): QueryRunner {
  const post = <T>(address: string, request: Asked, schema: z.ZodMiniType<T>) =>
    postWith({ proof, name: connection?.name }, { address, request, schema });
  return {
    about: `Queries run on ${connection === undefined ? "the sample data" : connection.name} and can only read it.`,
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

/** `check` asks whether the database would run the query, and runs nothing. */
type Asked = QueryRequest & { readonly check?: true };

interface Posted<T> {
  readonly address: string;
  readonly request: Asked;
  readonly schema: z.ZodMiniType<T>;
}

async function postWith<T>(
  { proof, name }: { readonly proof: HttpOptions["proof"]; readonly name: string | undefined },
  { address, request: { params = [], signal, ...request }, schema }: Posted<T>,
): Promise<{ readonly value: T } | Refusal> {
  const asked = {
    ...request,
    ...(params.length === 0 ? {} : { params }),
    ...(name === undefined ? {} : { connection: name }),
  };
  const send = async (isAnew: boolean): Promise<Response> => {
    const headers = { "content-type": "application/json", accept: "application/json", ...(await proof?.({ isAnew })) };
    return fetch(address, { method: "POST", headers, body: JSON.stringify(asked), ...(signal && { signal }) });
  };
  let response: Response;
  try {
    response = await send(false);
    // Somebody has signed in or out in another tab since.
    if (response.status === FORBIDDEN && proof !== undefined) response = await send(true);
  } catch (error) {
    if (signal?.aborted) return { kind: "refusal", title: "Stopped", detail: "The query was stopped." };
    throw new NoQueryFunction("The query function cannot be reached.", { cause: error });
  }
  const body: unknown = await response.json().catch(() => undefined);
  const problem = problemAnswer.safeParse(body);
  if (!response.ok && problem.success) {
    return {
      kind: "refusal",
      title: problem.data.title,
      detail: [problem.data.detail, problem.data.hint].filter(Boolean).join(" "),
    };
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new NoQueryFunction(`${address} is no query function.`, { cause: parsed.error });
  return { value: parsed.data };
}

const FORBIDDEN = 403;
