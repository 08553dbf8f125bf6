import { placeKey } from "#generators/site-data/site-facts.ts";
import type { Origin, SourceRef } from "#schemas/source.ts";
import type { SiteInfo } from "#generators/site-data/contract.ts";
import type { Catalog } from "./catalog.ts";

/** A line of a source file, with its address on the web when the site knows one. */
export interface Place {
  readonly label: string;
  readonly place: string;
  readonly href: string | null;
  /** The commit it comes from, as far as git says. */
  readonly commit?: PlaceCommit;
}
export interface PlaceCommit {
  /** Beginning of its id. */
  readonly id: string;
  readonly href: string | null;
  /** Day, such as `2026-03-04`. */
  readonly date: string;
  readonly subject: string;
  readonly pull: { readonly label: string; readonly href: string | null } | null;
}

type Known = Pick<Catalog, "info" | "facts">;

/** Where an object was made and where it was last changed. */
export function sourcePlace(known: Known, origin: Origin | undefined): Place[] {
  if (!origin) return [];
  const places = [committedPlace(known, "Made in", origin.created)];
  if (origin.changed) places.push(committedPlace(known, "Last changed in", origin.changed));
  return places;
}

/** A place with its commit. */
export function committedPlace(known: Known, label: string, ref: SourceRef): Place {
  const commit = known.facts.commits[placeKey(ref)];
  const place = placeOf(known.info, label, ref);
  if (!commit) return place;
  const { commitUrl, pullUrl } = known.info;
  const { id, date, subject, pull } = commit;
  return {
    ...place,
    commit: {
      id: id.slice(0, 7),
      href: commitUrl?.replace("{commit}", id) ?? null,
      date,
      // The number has a link of its own.
      subject: pull === null || pullUrl === null ? subject : subject.replace(/ \(#\d+\)$/, ""),
      pull: pull === null ? null : { label: `#${pull}`, href: pullUrl?.replace("{pull}", String(pull)) ?? null },
    },
  };
}

export function placeOf({ sourceUrl }: Pick<SiteInfo, "sourceUrl">, label: string, { file, line }: SourceRef): Place {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  const href = sourceUrl === null ? null : sourceUrl.replace("{file}", encoded).replace("{line}", String(line));
  return { label, place: `${file}:${line}`, href };
}

/** Who owns the file that made an object, by CODEOWNERS. */
export function ownersOf(
  { facts }: Pick<Catalog, "facts">,
  origin: Pick<Origin, "created"> | undefined,
): readonly string[] {
  const file = origin?.created.file ?? "";
  return Object.hasOwn(facts.owners, file) ? (facts.owners[file] ?? []) : [];
}
