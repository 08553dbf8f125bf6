import type { Origin, SourceRef } from "#schemas/source.ts";
import type { SiteInfo } from "#generators/site-data/contract.ts";

/** A line of a source file, with its address on the web when the site knows one. */
export interface Place {
  readonly label: string;
  readonly place: string;
  readonly href: string | null;
}

/** Where an object was made and where it was last changed. */
export function sourcePlace(info: SiteInfo, origin: Origin | undefined): Place[] {
  if (!origin) return [];
  const places = [placeOf(info, "Made in", origin.created)];
  if (origin.changed) places.push(placeOf(info, "Last changed in", origin.changed));
  return places;
}

export function placeOf({ sourceUrl }: SiteInfo, label: string, { file, line }: SourceRef): Place {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  const href = sourceUrl === null ? null : sourceUrl.replace("{file}", encoded).replace("{line}", String(line));
  return { label, place: `${file}:${line}`, href };
}
