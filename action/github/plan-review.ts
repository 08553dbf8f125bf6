import { codeSpan, escapeLine } from "#generators/markdown/escape.ts";
import { counted, sentence } from "#generators/review/report/words.ts";
import type { Finding } from "#schemas/finding.ts";
import { commentRange, type LineRange } from "./diff-lines.ts";
import type { StandingComment, StandingThread } from "./pull-request-state.ts";
import { suggestion } from "./suggestion.ts";

export interface ReviewPlanInput {
  readonly findings: readonly Finding[];
  readonly threads: readonly StandingThread[];
  /** Lines of the new side that GitHub takes comments on, by path; known only when they are needed. */
  readonly diff: ReadonlyMap<string, readonly LineRange[]>;
  /** A file's text at the head; null when it is not known. */
  readonly textOf: (path: string) => string | null;
  readonly ruleUrl?: ((rule: string) => string) | undefined;
}

export interface PlannedComment {
  readonly path: string;
  readonly lines: LineRange;
  readonly body: string;
}

export interface ReviewPlan {
  readonly comments: readonly PlannedComment[];
  /** Findings that are new and have no line in the diff, or no room. */
  readonly left: number;
  /** Our comments whose finding is gone and that nobody answered. */
  readonly minimize: readonly StandingComment[];
  /** Our comments whose finding came back. */
  readonly restore: readonly StandingComment[];
}

/** More than this in one review and people stop reading; GitHub's own clients send no more either. */
const MOST_COMMENTS = 30;

/** What a run changes about the comments at the lines, so that each finding has one comment for its whole life. */
export function planReview({ findings, threads, diff, textOf, ruleUrl }: ReviewPlanInput): ReviewPlan {
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  const own = ownThreads(threads);
  const isGone = ({ fingerprints }: OwnThread): boolean => fingerprints.every((one) => !present.has(one));
  const known = new Set(own.flatMap(({ fingerprints }) => fingerprints));
  const fresh = findings.filter(({ fingerprint }) => !known.has(fingerprint)).toSorted(byWeight);
  const comments: PlannedComment[] = [];
  const seen = new Set<string>();
  for (const finding of fresh) {
    if (seen.has(finding.fingerprint)) continue;
    seen.add(finding.fingerprint);
    const planned = plannedComment(finding, { diff, textOf, ruleUrl });
    if (planned && comments.length < MOST_COMMENTS) comments.push(planned);
  }
  return {
    comments,
    left: seen.size - comments.length,
    minimize: own
      .filter((thread) => isGone(thread) && !thread.isAnswered && !thread.first.isMinimized)
      .map(({ first }) => first),
    restore: own.filter((thread) => !isGone(thread) && thread.first.isMinimized).map(({ first }) => first),
  };
}

/** Whether anything new has to be placed, which needs the diff. */
export function needsDiff(findings: readonly Finding[], threads: readonly StandingThread[]): boolean {
  const known = new Set(ownThreads(threads).flatMap(({ fingerprints }) => fingerprints));
  return findings.some(({ fingerprint }) => !known.has(fingerprint));
}

export interface OwnThread {
  readonly first: StandingComment;
  readonly fingerprints: readonly string[];
  readonly isAnswered: boolean;
  readonly replies: readonly StandingComment[];
}

/** Threads that we began, with the findings they are about. */
export function ownThreads(threads: readonly StandingThread[]): readonly OwnThread[] {
  return threads.flatMap(({ comments }) => {
    const [first, ...replies] = comments;
    const fingerprint = first?.isOwn === true ? MARKER.exec(first.body)?.[1] : undefined;
    if (!first || fingerprint === undefined) return [];
    return [{ first, fingerprints: [fingerprint], replies, isAnswered: replies.some(({ isOwn }) => !isOwn) }];
  });
}

const MARKER = /<!-- querygenie:v1:finding:([0-9a-f]{16}) -->/;

function plannedComment(
  finding: Finding,
  { diff, textOf, ruleUrl }: Pick<ReviewPlanInput, "diff" | "textOf" | "ruleUrl">,
): PlannedComment | null {
  const { span, rule, message, help, severity, fix, fingerprint } = finding;
  const ranges = diff.get(span.file);
  if (!ranges) return null;
  const end = span.endColumn === 1 && span.endLine > span.line ? span.endLine - 1 : span.endLine;
  const text = textOf(span.file);
  const fixed = fix && fix.span.file === span.file && text !== null ? suggestion(fix, text) : null;
  const whole = fixed ? commentRange(ranges, fixed.lines) : null;
  // A suggestion replaces exactly the lines it stands on.
  const canSuggest = fixed !== null && whole !== null && whole.start === fixed.lines.start;
  const lines = canSuggest ? fixed.lines : commentRange(ranges, { start: span.line, end });
  if (!lines) return null;
  const body = [
    `${SIGN[severity]} **${SEVERITY[severity]}** · ${ruleUrl ? `[${codeSpan(rule)}](${ruleUrl(rule)})` : codeSpan(rule)}`,
    escapeLine(sentence(message)),
    ...(help === undefined ? [] : [escapeLine(sentence(help))]),
    ...(canSuggest ? [fixed.markdown] : []),
    ...(finding.rewrite ? [`A safe form in ${counted(finding.rewrite.steps.length, "step")} is in the report.`] : []),
    "<sub>Not so here? Reply `ignore because …` and the next run leaves it out.</sub>",
    `<!-- querygenie:v1:finding:${fingerprint} -->`,
  ].join("\n\n");
  return { path: span.file, lines, body };
}

const SIGN = { error: "✖", warning: "⚠", info: "ℹ" } as const;
const SEVERITY = { error: "error", warning: "warning", info: "note" } as const;
const RANK = { error: 0, warning: 1, info: 2 } as const;

const byWeight = (a: Finding, b: Finding): number => RANK[a.severity] - RANK[b.severity];
