import type { Catalog, Reference } from "./catalog.ts";
import { relationReference } from "./catalog.ts";

type Counts = Pick<Catalog["facts"]["coverage"]["total"], "total" | "person" | "ai" | "offline">;

/** A line of the page: counts, and shares of the whole from 0 to 1. */
export interface CoverageRow extends Counts {
  readonly label: string;
  readonly shares: { readonly person: number; readonly ai: number; readonly offline: number };
}
export interface CoveragePage {
  readonly total: CoverageRow;
  readonly kinds: readonly CoverageRow[];
  /** Tables by how much nobody has described, the most first. */
  readonly poorest: readonly (CoverageRow & { readonly reference: Reference })[];
  /** Such as "80 % are asked for: met"; null without a gate. */
  readonly gate: string | null;
}

/** Tables that the page names; the others are described well enough, or there are too many to begin with. */
const LISTED = 50;

export function coveragePage(catalog: Catalog): CoveragePage {
  const { total, kinds, tables, gate } = catalog.facts.coverage;
  return {
    total: row("Everything", total),
    kinds: kinds.map(({ kind, ...counts }) => row(kind, counts)),
    poorest: tables
      .filter(({ offline }) => offline > 0)
      .toSorted((a, b) => b.offline - a.offline || (a.id < b.id ? -1 : 1))
      .slice(0, LISTED)
      .map(({ id, ...counts }) => ({ ...row(id, counts), reference: relationReference(catalog, id) })),
    gate: gate ? `${percent(gate.required)} are asked for: ${gate.passed ? "met" : "not met"}.` : null,
  };
}

export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function row(label: string, { total, person, ai, offline }: Counts): CoverageRow {
  const of = (part: number): number => (total === 0 ? 0 : part / total);
  return { label, total, person, ai, offline, shares: { person: of(person), ai: of(ai), offline: of(offline) } };
}
