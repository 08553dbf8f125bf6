import type { SiteChange, SiteRelease } from "#generators/site-data/releases.ts";
import { relationReference, type Catalog, type Reference } from "./catalog.ts";

export interface ReleaseSection {
  /** Anchor on the page. */
  readonly slug: string;
  readonly title: string;
  readonly date: string | null;
  readonly summary: string;
  readonly groups: readonly { readonly relation: Reference | null; readonly changes: readonly SiteChange[] }[];
}

/** The releases as sections of a page. A table that is there no more leads nowhere. */
export function releaseSections(catalog: Catalog): readonly ReleaseSection[] {
  return catalog.releases.map((release, at) => ({
    slug: `release-${catalog.releases.length - at}`,
    title: release.name ?? "Not released",
    date: release.date,
    summary: summaryOf(release),
    groups: release.groups.map(({ relation, changes }) => {
      const isThere = relation !== null && catalog.relations.has(relation);
      const label = relation === null ? null : { label: relation, path: null };
      return { relation: isThere ? relationReference(catalog, relation) : label, changes };
    }),
  }));
}

function summaryOf({ summary, tables }: SiteRelease): string {
  if (summary !== null) return summary === "no changes" ? "The schema stays as it was." : `${capital(summary)}.`;
  return `The first release that is known, with ${tables} ${tables === 1 ? "table" : "tables"}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
