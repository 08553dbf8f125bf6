import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Domain } from "../domains/domain.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "./diagram.ts";

/** Tables named in the box of a domain, those that most refer to. */
const TABLES_NAMED = 6;

/** Domains as boxes that name their central tables, with how many references go from one to another. */
export function domainDiagram(index: ModelIndex, domains: readonly Domain[]): Diagram {
  const domainOf = new Map(domains.flatMap(({ id, tables }) => tables.map((table) => [table, id] as const)));
  const between = new Map<string, { readonly from: string; readonly to: string; count: number }>();
  for (const { from, to } of index.references) {
    const [one, other] = [domainOf.get(from.id), to && domainOf.get(to.id)];
    if (one === undefined || other === undefined || one === other) continue;
    const key = `${one} ${other}`;
    const edge = between.get(key) ?? { from: one, to: other, count: 0 };
    edge.count += 1;
    between.set(key, edge);
  }
  return {
    nodes: domains.map((domain) => boxOf(index, domain)),
    edges: [...between.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)).map(edgeOf),
    omitted: 0,
  };
}

function boxOf(index: ModelIndex, { id, title, tables }: Domain): DiagramNode {
  const weight = (table: ObjectId): number => index.referencesTo(table).length;
  const central = tables.toSorted((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
  const shown = central.length > TABLES_NAMED ? central.slice(0, TABLES_NAMED - 1) : central;
  const names = shown.flatMap((table) => index.relation(table)?.name ?? []);
  const more = tables.length > shown.length ? [`and ${tables.length - shown.length} more`] : [];
  return {
    id,
    name: title,
    columns: [...names, ...more].map((name) => ({ name, type: "", primary: false, foreign: false, unique: false })),
    focus: false,
  };
}

function edgeOf({
  from,
  to,
  count,
}: {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}): DiagramEdge {
  return {
    from,
    to,
    columns: [],
    cardinality: { from: "zero or more", to: "zero or one" },
    identifying: true,
    references: count,
  };
}
