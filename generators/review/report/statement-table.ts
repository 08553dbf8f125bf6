import type { Finding } from "#schemas/finding.ts";
import { codeCell, escapeLine } from "../../markdown/escape.ts";
import { oneLine } from "../fingerprint.ts";
import { lockWords } from "../lock-words.ts";
import type { Review } from "../review.ts";
import type { ReviewedStatement } from "../statement.ts";
import type { MarkdownOptions } from "./markdown.ts";
import type { Part } from "./fit-parts.ts";
import { heldLocks, ICON, severities, strongLocks } from "./words.ts";

/** Rows a table part holds, so that a very long review loses its last rows and not its table. */
const ROWS_A_PART = 40;
const LONGEST_STATEMENT = 72;

const HEADER = "|   | statement | lock | rewrite | scan | finding |\n| --- | --- | --- | --- | --- | --- |";

/** One row a statement that something is said about or that locks what is in use. */
export function statementTable(review: Review, options: MarkdownOptions): readonly Part[] {
  const rows = review.statements.flatMap((statement) => {
    const own = review.findings.filter(
      ({ span }) => span.file === statement.file.path && span === statement.statement.span,
    );
    return own.length > 0 || isWorthARow(statement) ? [row(statement, own, review.files.length > 1, options)] : [];
  });
  const parts: Part[] = [];
  for (let at = 0; at < rows.length; at += ROWS_A_PART) {
    const chunk = rows.slice(at, at + ROWS_A_PART);
    parts.push({ text: [HEADER, ...chunk].join("\n"), name: `${chunk.length} rows of the table` });
  }
  return parts;
}

/** A statement that is fine is worth telling where readers would expect the opposite. */
const isWorthARow = ({ acts }: ReviewedStatement): boolean =>
  acts.some(({ kind }) => kind === "change type" || kind === "add column" || kind === "add constraint");

function row(
  statement: ReviewedStatement,
  findings: readonly Finding[],
  withFile: boolean,
  { ruleUrl }: MarkdownOptions,
): string {
  const { measurement, file, statement: split } = statement;
  const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity));
  const place = `${withFile ? `${file.path}:` : "L"}${split.span.line}`;
  const text = oneLine(split.text);
  const short = text.length > LONGEST_STATEMENT ? `${text.slice(0, LONGEST_STATEMENT)}…` : text;
  const locks = measurement ? strongLocks(measurement) : [];
  const held = heldLocks(statement, findings);
  const lockCell = [
    ...locks.map(({ relation, mode }) => `${lockWords(mode)} ${codeCell(relation)}`),
    ...held.map(({ relation, mode, line }) => `${lockWords(mode)} ${codeCell(relation)} since L${line}`),
  ];
  const list = (ids: readonly string[] = []): string => (ids.length === 0 ? "–" : ids.map(codeCell).join(", "));
  // Where nothing runs the last line of the report says so for all.
  const unknown = statement.source ? "–" : "not run";
  return `| ${[
    worst === undefined ? "✔" : ICON[worst],
    `**${escapeLine(place)}** ${codeCell(short)}`,
    lockCell.length === 0 ? "–" : lockCell.join("<br>"),
    measurement ? list(measurement.rewrites) : unknown,
    measurement ? list(measurement.scans) : unknown,
    findings.length === 0 ? quietWord(statement) : findings.map((finding) => remark(finding, ruleUrl)).join("<br>"),
  ].join(" | ")} |`;
}

function remark({ rule, objects, message }: Finding, ruleUrl: MarkdownOptions["ruleUrl"]): string {
  const name = ruleUrl ? `[${rule}](${ruleUrl(rule)})` : rule;
  // What names no object of the schema says what it is about in its message alone.
  return objects.length === 0 ? `${name}: ${escapeLine(message)}` : name;
}

function quietWord({ measurement }: ReviewedStatement): string {
  if (!measurement) return "–";
  return measurement.scans.length + measurement.rewrites.length === 0 ? "instant" : "–";
}
