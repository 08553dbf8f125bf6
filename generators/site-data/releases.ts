import { breakageOf } from "#schemas/diff/breaking.ts";
import { phraseChange, summarizeChanges } from "#schemas/diff/describe-change.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { groupChanges, signOf } from "../changes/change-groups.ts";
import type { Release } from "../changes/release.ts";
import type { TablePast } from "../erd/table-past.ts";

/** One change of a release in pieces of a sentence; names stand apart, so that a page can mark them up. */
export interface SiteChange {
  readonly sign: "+" | "−" | "~";
  readonly words: readonly (string | { readonly code: string })[];
  /** Why a program that worked before may fail; null when it will not. */
  readonly breaks: string | null;
}
/** Changes of one table or view, or of objects that stand alone. */
export interface SiteChangeGroup {
  readonly relation: ObjectId | null;
  readonly changes: readonly SiteChange[];
}
/** One entry of `releases.json`, newest first. */
export interface SiteRelease {
  /** Null for what is not released yet. */
  readonly name: string | null;
  readonly date: string | null;
  readonly tables: number;
  /** Null for the first release that is known. */
  readonly summary: string | null;
  readonly groups: readonly SiteChangeGroup[];
  /** For pictures of older versions; null for the first release that is known. */
  readonly past: TablePast | null;
}

export function siteReleases(releases: readonly Release[]): readonly SiteRelease[] {
  return releases.map(({ name, date, tables, changes, past }) => ({
    name,
    date,
    tables,
    summary: changes && summarizeChanges(changes),
    past: past ?? null,
    groups: groupChanges(changes ?? []).map(({ relation, changes: own }) => ({
      relation: relation ?? null,
      changes: own.map((change) => ({
        sign: signOf(change),
        words: [...phraseChange(change)],
        breaks: breakageOf(change)?.reason ?? null,
      })),
    })),
  }));
}
