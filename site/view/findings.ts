import type { Table, View } from "#schemas/model.ts";
import type { Finding, Severity } from "#schemas/finding.ts";
import { slug } from "#generators/site-data/routes.ts";
import type { Catalog } from "./catalog.ts";

/** What one rule has found. */
export interface RuleFindings {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly judges: "schema" | "queries";
  readonly severity: Severity;
  readonly findings: readonly Finding[];
}

/** A finding on the page of the table or view it is about. */
export interface RelationFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly rule: string;
  readonly path: string;
}

const WORST: readonly Severity[] = ["error", "warning", "info"];

/** Findings by rule, the worst first, then those with the most. */
export function findingsByRule({ info, facts }: Catalog): RuleFindings[] {
  return [...Map.groupBy(info.findings, ({ rule }) => rule)]
    .map(([id, findings]): RuleFindings => {
      const rule = Object.hasOwn(facts.rules, id) ? facts.rules[id] : undefined;
      return {
        id,
        path: rulePath(id),
        title: rule?.title ?? id,
        judges: rule?.judges ?? "schema",
        severity: WORST.find((one) => findings.some(({ severity }) => severity === one)) ?? "info",
        findings,
      };
    })
    .sort(
      (a, b) =>
        WORST.indexOf(a.severity) - WORST.indexOf(b.severity) ||
        b.findings.length - a.findings.length ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Some of the findings of a rule, on a page of their own. */
export interface FindingPage {
  readonly rule: RuleFindings;
  /** From 1. */
  readonly number: number;
  readonly path: string;
  /** Paths of all pages of the rule. */
  readonly pages: readonly string[];
  readonly findings: readonly Finding[];
}

/** So many make about 50 KB. */
const ON_A_PAGE = 60;

export function findingPages(catalog: Catalog): FindingPage[] {
  return findingsByRule(catalog).flatMap((rule) => {
    const count = Math.ceil(rule.findings.length / ON_A_PAGE);
    const pages = Array.from({ length: count }, (_, at) => (at === 0 ? rule.path : `${rule.path}${at + 1}/`));
    return pages.map((path, at) => ({
      rule,
      number: at + 1,
      path,
      pages,
      findings: rule.findings.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE),
    }));
  });
}

let byObject: { readonly of: readonly Finding[]; readonly map: ReadonlyMap<string, readonly Finding[]> } | undefined;

/** What is said about a table or view, its columns included. A partition's are its parent's. */
export function findingsAbout({ info }: Catalog, { id, columns }: Table | View): RelationFinding[] {
  if (byObject?.of !== info.findings) byObject = { of: info.findings, map: indexed(info.findings) };
  const own = new Set([id, ...columns.map((column) => column.id)].flatMap((one) => byObject?.map.get(one) ?? []));
  return [...own].map(({ severity, message, rule }) => ({ severity, message, rule, path: rulePath(rule) }));
}

function indexed(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const map = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const id of finding.objects) {
      const known = map.get(id);
      if (known) known.push(finding);
      else map.set(id, [finding]);
    }
  }
  return map;
}

function rulePath(id: string): string {
  return `findings/${slug(id)}/`;
}
