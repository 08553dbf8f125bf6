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

export function remarksOf(catalog: Catalog): { readonly findings: Remark[]; readonly problems: Remark[] } {
  const place = (ref: SourceRef | undefined): Place | null => (ref ? placeOf(catalog.info, "in", ref) : null);
  const known = (id: string): Reference[] => (catalog.relations.has(id) ? [relationReference(catalog, id)] : []);
  return {
    findings: catalog.info.findings.map(({ severity, rule, message, help, evidence, objects, span }) => ({
      severity,
      name: rule,
      message,
      help: help ?? null,
      evidence: evidence === "rule" ? "by rule" : evidence,
      objects: objects.flatMap(known),
      place: place(span),
    })),
    problems: catalog.info.problems.map(({ severity, code, message, help, objectId, origin }) => ({
      severity,
      name: code,
      message,
      help: help ?? null,
      evidence: null,
      objects: objectId === undefined ? [] : known(objectId),
      place: place(origin),
    })),
  };
}
