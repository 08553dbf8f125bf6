import type { Finding } from "#schemas/finding.ts";
import type { ReviewView } from "#schemas/json/action-report.ts";
import type { SourceRef } from "#schemas/source.ts";
import { codeCell, escapeLine } from "../../markdown/escape.ts";
import { oneLine } from "../fingerprint.ts";
import { lockWords } from "../lock-words.ts";
import type { MarkdownOptions } from "./markdown.ts";
import type { Part } from "./fit-parts.ts";
import { ICON, sentence, severities, strongLocks } from "./words.ts";

/** Rows a table part holds, so that a very long review loses its last rows and not its table. */
const ROWS_A_PART = 40;
const LONGEST_STATEMENT = 72;

const HEADER = "|   | statement | lock | rewrite | scan | finding |\n| --- | --- | --- | --- | --- | --- |";

/** One row a statement that something is said about or that locks what is in use. */
export function statementTable(review: ReviewView, options: MarkdownOptions): readonly Part[] {
  const byPlace = Map.groupBy(review.findings, ({ span }) => placeKey(span));
  const rows = review.statements.flatMap((statement) => {
    const own = byPlace.get(placeKey(statement)) ?? [];
    return own.length > 0 || statement.isNotable ? [row(statement, own, review, options)] : [];
  });
  return inParts(rows, HEADER, "rows of the table");
}

const QUERY_HEADER = "|   | query | finding |\n| --- | --- | --- |";

/** One row a query that something is said about, by its place: what is true of the text, not of a statement under review. */
export function queryTable(review: ReviewView, { ruleUrl }: MarkdownOptions): readonly Part[] {
  const statements = new Set(review.statements.map(placeKey));
  const byPlace = Map.groupBy(
    review.findings.filter(({ span }) => !statements.has(placeKey(span))),
    ({ span }) => queryAt(review, span) ?? `${span.file}:${span.line}`,
  );
  // Beside a migration the notes stay in the folded list: a minute is short.
  const isShown = (findings: readonly Finding[]): boolean =>
    review.files.length === 0 || findings.some(({ severity }) => severity !== "info");
  const shown = [...byPlace].filter(([, findings]) => isShown(findings));
  const rows = shown.map(([query, findings]) => {
    const place = typeof query === "string" ? query : `${query.file}:${query.line}`;
    const text = typeof query === "string" ? "" : ` ${codeCell(shortened(query.sql))}`;
    const said = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
    const words = said.map((finding) => `${ruleName(finding, ruleUrl)}: ${escapeLine(sentence(finding.message))}`);
    return `| ${[worstIcon(findings), `**${escapeLine(place)}**${text}`, words.join("<br>")].join(" | ")} |`;
  });
  return inParts(rows, QUERY_HEADER, "rows about queries");
}

const queryAt = ({ queries = [] }: ReviewView, { file, line }: SourceRef) =>
  queries.find((query) => query.file === file && query.line <= line && line <= query.lastLine);

function shortened(sql: string): string {
  const text = oneLine(sql);
  return text.length > LONGEST_STATEMENT ? `${text.slice(0, LONGEST_STATEMENT)}…` : text;
}

function inParts(rows: readonly string[], header: string, name: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < rows.length; at += ROWS_A_PART) {
    const chunk = rows.slice(at, at + ROWS_A_PART);
    parts.push({ text: [header, ...chunk].join("\n"), name: `${chunk.length} ${name}` });
  }
  return parts;
}

function worstIcon(findings: readonly Finding[]): string {
  const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity));
  return worst === undefined ? "✔" : ICON[worst];
}

type Statement = ReviewView["statements"][number];

const placeKey = ({ file, line, column }: SourceRef): string => `${line}:${column}:${file}`;

function row(
  statement: Statement,
  findings: readonly Finding[],
  { files, measured }: ReviewView,
  { ruleUrl }: MarkdownOptions,
): string {
  const { measurement, file, line, sql, held } = statement;
  const place = `${files.length > 1 ? `${file}:` : "L"}${line}`;
  const locks = measurement ? strongLocks(measurement) : [];
  const lockCell = [
    ...locks.map(({ relation, mode }) => `${lockWords(mode)} ${codeCell(relation)}`),
    ...held.map((lock) => `${lockWords(lock.mode)} ${codeCell(lock.relation)} since L${lock.line}`),
  ];
  const list = (ids: readonly string[] = []): string => (ids.length === 0 ? "–" : ids.map(codeCell).join(", "));
  // Where nothing runs the last line of the report says so for all.
  const unknown = measured.isByRule ? "–" : "not run";
  return `| ${[
    worstIcon(findings),
    `**${escapeLine(place)}** ${codeCell(shortened(sql))}`,
    lockCell.length === 0 ? "–" : lockCell.join("<br>"),
    measurement ? list(measurement.rewrites) : unknown,
    measurement ? list(measurement.scans) : unknown,
    findings.length === 0 ? quietWord(statement) : findings.map((finding) => remark(finding, ruleUrl)).join("<br>"),
  ].join(" | ")} |`;
}

const ruleName = ({ rule }: Finding, ruleUrl: MarkdownOptions["ruleUrl"]): string =>
  ruleUrl ? `[${rule}](${ruleUrl(rule)})` : rule;

function remark(finding: Finding, ruleUrl: MarkdownOptions["ruleUrl"]): string {
  const { objects, message } = finding;
  const name = ruleName(finding, ruleUrl);
  // What names no object of the schema says what it is about in its message alone.
  return objects.length === 0 ? `${name}: ${escapeLine(message)}` : name;
}

function quietWord({ measurement }: Statement): string {
  if (!measurement) return "–";
  return measurement.scans.length + measurement.rewrites.length === 0 ? "instant" : "–";
}
