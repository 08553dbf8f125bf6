import type { Finding } from "#schemas/finding.ts";
import type { SourceRef } from "#schemas/source.ts";
import { relationReference, type Catalog, type Reference } from "./catalog.ts";
import { placeOf, type Place } from "./source-place.ts";

/** A finding or a problem as a line of the page. */
export interface Remark {
  readonly severity: "error" | "warning" | "info";
  readonly name: string;
  readonly message: string;
  readonly help: string | null;
  readonly evidence: string | null;
  readonly objects: readonly Reference[];
  readonly place: Place | null;
}

export function findingRemark(catalog: Catalog, finding: Finding): Remark {
  const { severity, rule, message, help, evidence, objects, span } = finding;
  return {
    severity,
    name: rule,
    message,
    help: help ?? null,
    evidence: evidence === "rule" ? "by rule" : evidence,
    objects: objects.flatMap((id) => known(catalog, id)),
    place: span.file === "" ? null : placeIn(catalog, span),
  };
}

/** What went wrong when the repository was read. */
export function problemRemarks(catalog: Catalog): Remark[] {
  return catalog.info.problems.map(({ severity, code, message, help, objectId, origin }) => ({
    severity,
    name: code,
    message,
    help: help ?? null,
    evidence: null,
    objects: objectId === undefined ? [] : known(catalog, objectId),
    place: origin ? placeIn(catalog, origin) : null,
  }));
}

function placeIn({ info }: Catalog, ref: SourceRef): Place {
  return placeOf(info, "in", ref);
}

function known(catalog: Catalog, id: string): Reference[] {
  return catalog.relations.has(id) ? [relationReference(catalog, id)] : [];
}
