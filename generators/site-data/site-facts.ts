import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { Finding } from "#schemas/finding.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Origin, SourceRef } from "#schemas/source.ts";
import { capitalised } from "../docs/names.ts";
import { labelsOf } from "../documented/labels.ts";
import type { SavedQuery } from "../generator.ts";
import { looksSensitive } from "../review/sensitive-names.ts";
import { rules } from "../review/rules/registry.ts";
import type { SiteFacts } from "./contract.ts";

/** What a column is called whose name says that it holds what not everybody may read. */
export const SENSITIVE_LABEL = "sensitive";

/** Labels of the configuration; columns whose names give them away are sensitive without being called so. */
export function siteLabels(model: SchemaModel, labels: DatabaseConfig["labels"]): SiteFacts["labels"] {
  const found: Record<ObjectId, readonly string[]> = Object.fromEntries(labelsOf(model, labels));
  for (const { columns } of [...model.tables, ...model.views]) {
    for (const { id, name } of columns) {
      const own = Object.hasOwn(found, id) ? (found[id] ?? []) : [];
      if (looksSensitive(name) && !own.includes(SENSITIVE_LABEL)) found[id] = [...own, SENSITIVE_LABEL];
    }
  }
  return found;
}

/** Titles of the rules that have found something, and whether they judge the schema or queries. */
export function siteRules(findings: readonly Finding[]): SiteFacts["rules"] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.fromEntries(
    [...new Set(findings.map(({ rule }) => rule))].sort().map((id) => {
      const rule = byId.get(id);
      return [
        id,
        {
          title: rule?.title ?? capitalised(id.replaceAll("-", " ")),
          judges: rule?.scope === "query" ? "queries" : "schema",
        } as const,
      ];
    }),
  );
}

/** Places in files that pages name: where each object was made and last changed, and the saved queries. */
export function sourcePlaces(model: SchemaModel, queries: readonly SavedQuery[]): SourceRef[] {
  const objects: readonly { readonly origin?: Origin }[] = [
    ...model.tables,
    ...model.views,
    ...model.enums,
    ...model.routines,
  ];
  const origins = objects.flatMap(({ origin }) => (origin ? [origin] : []));
  return [
    ...origins.flatMap(({ created, changed }) => (changed ? [created, changed] : [created])),
    ...queries.map(({ origin }) => origin),
  ];
}

/** The key of a place among commits. */
export function placeKey({ file, line }: Pick<SourceRef, "file" | "line">): string {
  return `${file}:${line}`;
}
