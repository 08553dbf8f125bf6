import type { WorkloadQuery } from "../json/workload.ts";
import { stableHash } from "../stable-hash.ts";

/** One query of a workload; equal texts have equal ids in every run. */
export function workloadQuery(text: string, figures: Omit<WorkloadQuery, "id" | "text">): WorkloadQuery {
  return { id: stableHash(text), text, ...figures };
}

/** Adds up what servers count apart, by user or by plan, and gives the heaviest first. */
export function heaviest(queries: readonly WorkloadQuery[], limit: number): readonly WorkloadQuery[] {
  const byId = new Map<string, WorkloadQuery>();
  for (const query of queries) {
    const known = byId.get(query.id);
    byId.set(query.id, known ? sum(known, query) : query);
  }
  const sorted = [...byId.values()].sort((a, b) => b.totalMs - a.totalMs || (a.id < b.id ? -1 : 1));
  return sorted.slice(0, limit);
}

function sum(one: WorkloadQuery, other: WorkloadQuery): WorkloadQuery {
  const rows = (one.rows ?? 0) + (other.rows ?? 0);
  const hasRows = one.rows !== undefined || other.rows !== undefined;
  return {
    id: one.id,
    text: one.text,
    calls: one.calls + other.calls,
    totalMs: one.totalMs + other.totalMs,
    ...(hasRows ? { rows } : {}),
  };
}
