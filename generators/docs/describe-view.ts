import type { View } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { counted } from "./names.ts";
import { named, prose, proseList, type Prose } from "./prose.ts";

/** A view in one sentence, from what it reads. */
export function describeViewOffline(index: ModelIndex, view: View): Prose {
  const sources = view.dependsOn.filter((id) => index.relation(id));
  const columns = counted(view.columns.length, "column");
  const kind = view.materialized ? "Stored result" : "View";
  if (sources.length === 0) return [`${kind} of a query that reads no table, with ${columns}.`];
  return prose`${kind} of a query over ${proseList(sources.map(named))}, with ${columns}.`;
}
