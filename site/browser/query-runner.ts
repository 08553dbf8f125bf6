import type { SitePlan, SiteQuery, SiteRows } from "#generators/site-data/contract.ts";

/** What somebody reads when there is no answer. */
export interface Refusal {
  readonly kind: "refusal";
  readonly title: string;
  readonly detail: string;
}
export type RunOutcome =
  | { readonly kind: "rows"; readonly rows: SiteRows; readonly elapsedMs: number | null }
  | Refusal;
export type ExplainOutcome = { readonly kind: "plan"; readonly plan: SitePlan } | Refusal;

/** A cheaper form of a query, or an index that it lacks, tried before it is shown. */
export interface Suggestion {
  readonly kind: "rewrite" | "index" | "hint";
  readonly title: string;
  readonly sql?: string | undefined;
  /** In the planner's units. */
  readonly costBefore?: number | undefined;
  readonly costAfter?: number | undefined;
}
export type OptimizeOutcome = { readonly kind: "suggestions"; readonly suggestions: readonly Suggestion[] } | Refusal;

export interface QueryRequest {
  readonly sql: string;
  /** Values of `$1`, `$2` … as text; null is SQL's null. */
  readonly params?: readonly (string | null)[];
  /** Gives up the query. */
  readonly signal?: AbortSignal;
}

/** Something that answers SQL: the query function, an engine in the page, the answers kept at build time. */
export interface QueryRunner {
  /** One plain sentence: where the answers come from. */
  readonly about: string;
  run(request: QueryRequest): Promise<RunOutcome>;
  explain(request: QueryRequest): Promise<ExplainOutcome>;
  /** What is wrong with a query: that it is not one SELECT, or that it cannot be planned. Absent where nothing plans. */
  check?(request: QueryRequest): Promise<Refusal | null>;
  /** Absent where nobody looks for faster forms. */
  optimize?(request: QueryRequest): Promise<OptimizeOutcome>;
}

/** The answers that the saved queries had when the site was made. */
export function savedRunner(queries: () => Promise<readonly SiteQuery[]>): QueryRunner {
  const refusal: Refusal = {
    kind: "refusal",
    title: "Only saved queries have answers here",
    detail: "This site is served as plain files, so nothing runs SQL. Choose a saved query to see its answer.",
  };
  const find = async (sql: string): Promise<SiteQuery | undefined> => {
    const wanted = withoutSpace(sql);
    return (await queries()).find((query) => withoutSpace(query.sql) === wanted);
  };
  return {
    about: "This site is served as plain files: saved queries show the answers they had when it was made.",
    async run({ sql }) {
      const query = await find(sql);
      if (query?.result) return { kind: "rows", rows: query.result, elapsedMs: null };
      return query?.failure === undefined
        ? refusal
        : { ...refusal, title: "This query has no answer", detail: query.failure };
    },
    async explain({ sql }) {
      const plan = (await find(sql))?.plan;
      return plan ? { kind: "plan", plan } : refusal;
    },
  };
}

function withoutSpace(sql: string): string {
  return sql
    .replaceAll(/\s+/g, " ")
    .replace(/[;\s]+$/, "")
    .trim();
}
