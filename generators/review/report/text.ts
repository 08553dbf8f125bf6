import type { Finding } from "#schemas/finding.ts";
import { summarizeChanges } from "#schemas/diff/describe-change.ts";
import type { Problem } from "#schemas/problem.ts";
import type { FoundQuery } from "../query.ts";
import type { Review } from "../review.ts";
import type { ReviewedStatement } from "../statement.ts";
import { lockWords } from "../lock-words.ts";
import { codeFrame } from "./code-frame.ts";
import {
  counted,
  heldLocks,
  factWords,
  ICON,
  isProven,
  measuredWords,
  measurementWords,
  queriesWords,
  severityWords,
  terminated,
} from "./words.ts";

/** The review for a terminal: findings by statement with the code they are about, evidence and safe form. */
export function textReport(review: Review): string {
  const { files, findings, problems, measured, ignored } = review;
  const blocks = files.flatMap(({ file }) => {
    const own = findings.filter(({ span }) => span.file === file.path);
    if (own.length === 0) return [];
    const byStatement = Map.groupBy(own, ({ span }) => `${span.line}:${span.column}`);
    return [file.path, ...[...byStatement.values()].flatMap((group) => [...statementLines(group, review), ""])];
  });
  const paths = new Set(files.map(({ file }) => file.path));
  blocks.push(...queryBlocks(review, paths));
  const about = files.length === 0 ? queriesWords(review.judgedQueries) : counted(files.length, "file");
  const summary = `${severityWords(findings)} in ${about}`;
  const silenced = ignored.length === 0 ? "" : ` · ${counted(ignored.length, "finding")} ignored by comments`;
  return [
    ...blocks,
    ...problems.flatMap(problemLines),
    ...(problems.length > 0 ? [""] : []),
    ...(review.words === undefined ? [] : [`${review.words.text} ✦ ${review.words.by}`, ""]),
    `${summary}${silenced} · ${summarizeChanges(review.changes)}`,
    files.length === 0
      ? `checked, ${measuredWords(measured)}`
      : `${counted(measured.isByRule ? review.statements.length : measured.statements, "statement")} ${measured.isByRule ? "read " : ""}${measuredWords(measured)}`,
    "",
  ].join("\n");
}

/** What is said about queries, by file. */
function queryBlocks({ findings, queries }: Review, reviewed: ReadonlySet<string>): readonly string[] {
  const others = Map.groupBy(
    findings.filter(({ span }) => !reviewed.has(span.file)),
    ({ span }) => span.file,
  );
  return [...others].flatMap(([path, own]) => {
    const byPlace = Map.groupBy(own, ({ span }) => `${span.line}:${span.column}`);
    return [path, ...[...byPlace.values()].flatMap((group) => [...queryLines(group, queries), ""])];
  });
}

function queryLines(findings: readonly Finding[], queries: readonly FoundQuery[]): readonly string[] {
  const [first] = findings;
  if (!first) return [];
  const { span } = first;
  const query = queries.find(({ origin, sql, written = sql }) => {
    const last = origin.line + written.split("\n").length - 1;
    return origin.file === span.file && origin.line <= span.line && span.line <= last;
  });
  const frame = query ? codeFrame(asFile(query), span).map((line) => `    ${line}`) : [];
  return [...findings.flatMap(headLines), ...frame];
}

/** The text of a query at its place in the file. */
const asFile = ({ origin, sql, written = sql }: FoundQuery) => ({
  text: `${" ".repeat(origin.column - 1)}${written}`,
  firstLine: origin.line,
});

/** All that is said about one statement. */
function statementLines(findings: readonly Finding[], review: Review): readonly string[] {
  const [first] = findings;
  if (!first) return [];
  const { span } = first;
  const statement = review.statements.find(
    (reviewed) => reviewed.file.path === span.file && reviewed.statement.span === span,
  );
  const file = review.files.find((reviewed) => reviewed.file.path === span.file)?.file;
  const frame = file ? codeFrame(file, span).map((line) => `    ${line}`) : [];
  return [
    ...findings.flatMap((finding) => headLines(finding)),
    ...frame,
    ...(statement ? evidenceLines(statement, findings) : []),
    ...findings.flatMap(rewriteLines),
  ];
}

function headLines({ severity, span, rule, message, help, rewrite }: Finding): readonly string[] {
  const head = `  ${ICON[severity]} ${span.line}:${span.column}  ${rule}  ${message}`;
  return help === undefined || rewrite ? [head] : [head, `      ${help}`];
}

function evidenceLines(statement: ReviewedStatement, findings: readonly Finding[]): readonly string[] {
  const { measurement } = statement;
  if (!measurement || findings.every(({ evidence, measurement: own }) => evidence === "rule" && own === undefined)) {
    return [];
  }
  const held = heldLocks(statement, findings).map(
    ({ relation, mode, line }) => `${lockWords(mode)} on ${relation} since line ${line}`,
  );
  const words = [...factWords(measurement), ...held].join(" · ") || measurementWords(measurement);
  return [`    ${measurement.how}: ${words}`];
}

function rewriteLines(finding: Finding): readonly string[] {
  const { rewrite } = finding;
  if (!rewrite) return [];
  const proof = isProven(finding) ? " (run and measured, same schema)" : "";
  return [
    `    instead:  ${rewrite.title}${proof}`,
    ...rewrite.steps.flatMap(({ sql, measured }) => [
      `      ${terminated(sql).replaceAll("\n", "\n      ")}`,
      ...(measured ? [`        ${measured.how}: ${measurementWords(measured)}`] : []),
    ]),
  ];
}

function problemLines({ code, severity, message, help, origin }: Problem): readonly string[] {
  const place = origin === undefined ? "" : `${origin.file}:${origin.line}  `;
  return [`${ICON[severity]} ${code}  ${place}${message}`, ...(help === undefined ? [] : [`  ${help}`])];
}
