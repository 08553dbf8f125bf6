import type { Finding, Rewrite, Severity } from "#schemas/finding.ts";
import { fingerprint, oneLine } from "./fingerprint.ts";
import { ignoreKey, silences, type Ignore } from "./ignore-comments.ts";
import type { Rehearsal } from "./rehearse/rehearse.ts";
import type { Draft, Rule } from "./rule.ts";
import type { ReviewedStatement } from "./statement.ts";

/** What a rule said about a statement. */
export interface Said {
  readonly rule: Rule;
  readonly statement: ReviewedStatement;
  readonly draft: Draft;
}

interface FindingsInput {
  readonly remarks: readonly Said[];
  readonly rehearsal: Rehearsal | null;
  readonly ignores: readonly Ignore[];
  readonly severity: Readonly<Record<string, Severity | "off">>;
  /** Whether the configuration or the baseline silences a finding. */
  readonly isExcepted: (finding: Finding) => boolean;
}

interface Findings {
  readonly findings: readonly Finding[];
  readonly ignored: readonly Finding[];
  /** Keys of the ignore comments that silenced something. */
  readonly used: ReadonlySet<string>;
}

/** Gives remarks their place, evidence, proof and name, and takes out what is silenced. */
export function toFindings({ remarks, rehearsal, ignores, severity, isExcepted }: FindingsInput): Findings {
  const findings: Finding[] = [];
  const ignored: Finding[] = [];
  const used = new Set<string>();
  const seen = new Map<string, number>();
  for (const said of remarks.toSorted(byPlace)) {
    const finding = toFinding(said, rehearsal, severity, seen);
    const silencing = ignores.filter((ignore) => silences(ignore, said.rule.id, said.statement.statement));
    for (const ignore of silencing) used.add(ignoreKey(ignore, said.rule.id));
    (silencing.length > 0 || isExcepted(finding) ? ignored : findings).push(finding);
  }
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = findings
    .map((finding, index) => ({ finding, index, order: fileOrder(remarks, finding) }))
    .toSorted(
      (a, b) =>
        a.order - b.order ||
        a.finding.span.line - b.finding.span.line ||
        a.finding.span.column - b.finding.span.column ||
        rank[a.finding.severity] - rank[b.finding.severity] ||
        a.index - b.index,
    );
  return { findings: sorted.map(({ finding }) => finding), ignored, used };
}

/** Files stay in the order in which they run. */
const fileOrder = (remarks: readonly Said[], { span }: Finding): number =>
  remarks.findIndex(({ statement }) => statement.file.path === span.file);

function toFinding(
  { rule, statement, draft }: Said,
  rehearsal: Rehearsal | null,
  severity: FindingsInput["severity"],
  seen: Map<string, number>,
): Finding {
  const { span, text } = statement.statement;
  const { measurement } = statement;
  const chosen = severity[rule.id];
  const evidence = draft.evidence ?? (measurement?.how === "measured" ? "measured" : "rule");
  const rewrite = toRewrite(draft, rehearsal);
  return {
    rule: rule.id,
    severity: chosen === undefined || chosen === "off" ? (draft.severity ?? rule.severity) : chosen,
    span,
    message: draft.message,
    ...(draft.help === undefined ? {} : { help: draft.help }),
    objects: draft.objects,
    evidence,
    ...(measurement ? { measurement } : {}),
    ...(rewrite ? { rewrite } : {}),
    fingerprint: uniqueName(seen, rule.id, draft, text),
  };
}

/** With a rehearsal, only what was proven is offered. */
function toRewrite({ rewrite }: Draft, rehearsal: Rehearsal | null): Rewrite | undefined {
  if (!rewrite) return undefined;
  if (rehearsal === null) return { title: rewrite.title, steps: rewrite.steps.map((sql) => ({ sql })) };
  const steps = rehearsal.proven.get(rewrite);
  return steps && { title: rewrite.title, steps };
}

/** The same statement twice, or two remarks of one rule about the same objects, still have names of their own. */
function uniqueName(seen: Map<string, number>, rule: string, { objects, message }: Draft, sql: string): string {
  const subject = objects.length === 0 ? message : objects.join();
  const name = fingerprint(rule, subject, oneLine(sql));
  const times = seen.get(name) ?? 0;
  seen.set(name, times + 1);
  return times === 0 ? name : fingerprint(name, String(times));
}

function byPlace(a: Said, b: Said): number {
  if (a.statement.file.path !== b.statement.file.path) return 0;
  return a.statement.statement.index - b.statement.statement.index;
}
