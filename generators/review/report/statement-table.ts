import type { Finding } from "#schemas/finding.ts";
import type { ReviewView } from "#schemas/json/action-report.ts";
import type { SourceRef } from "#schemas/source.ts";
import { codeCell, escapeLine } from "../../markdown/escape.ts";
import { oneLine } from "../fingerprint.ts";
import { lockWords } from "../lock-words.ts";
import type { MarkdownOptions } from "./markdown.ts";
import type { Part } from "./fit-parts.ts";
import { ICON, severities, strongLocks } from "./words.ts";

/** Rows a table part holds, so that a very long review loses its last rows and not its table. */
const ROWS_A_PART = 40;
const LONGEST_STATEMENT = 72;

const HEADER = "|   | statement | lock | rewrite | scan | finding |\n| --- | --- | --- | --- | --- | --- |";

/** One row a statement that something is said about or that locks what is in use. */
export function statementTable(review: ReviewView, options: MarkdownOptions): readonly Part[] {
  const byPlace = Map.groupBy(review.findings, ({ span }) => placeKey(span));
  const rows = review.statements.flatMap((statement) => {
    const own = byPlace.get(placeKey(statement)) ?? [];
    return own.length > 0 || statement.isNotable ? [row(statement, own, review.files.length > 1, options)] : [];
  });
  const parts: Part[] = [];
  for (let at = 0; at < rows.length; at += ROWS_A_PART) {
    const chunk = rows.slice(at, at + ROWS_A_PART);
    parts.push({ text: [HEADER, ...chunk].join("\n"), name: `${chunk.length} rows of the table` });
  }
  return parts;
}

type Statement = ReviewView["statements"][number];

const placeKey = ({ file, line, column }: SourceRef): string => `${line}:${column}:${file}`;

function row(
  statement: Statement,
  findings: readonly Finding[],
  withFile: boolean,
  { ruleUrl }: MarkdownOptions,
): string {
  const { measurement, file, line, sql, held } = statement;
  const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity));
  const place = `${withFile ? `${file}:` : "L"}${line}`;
  const text = oneLine(sql);
  const short = text.length > LONGEST_STATEMENT ? `${text.slice(0, LONGEST_STATEMENT)}…` : text;
  const locks = measurement ? strongLocks(measurement) : [];
  const lockCell = [
    ...locks.map(({ relation, mode }) => `${lockWords(mode)} ${codeCell(relation)}`),
    ...held.map((lock) => `${lockWords(lock.mode)} ${codeCell(lock.relation)} since L${lock.line}`),
  ];
  const list = (ids: readonly string[] = []): string => (ids.length === 0 ? "–" : ids.map(codeCell).join(", "));
  return `| ${[
    worst === undefined ? "✔" : ICON[worst],
    `**${escapeLine(place)}** ${codeCell(short)}`,
    lockCell.length === 0 ? "–" : lockCell.join("<br>"),
    measurement ? list(measurement.rewrites) : "not run",
    measurement ? list(measurement.scans) : "not run",
    findings.length === 0 ? quietWord(statement) : findings.map((finding) => remark(finding, ruleUrl)).join("<br>"),
  ].join(" | ")} |`;
}

function remark({ rule, objects, message }: Finding, ruleUrl: MarkdownOptions["ruleUrl"]): string {
  const name = ruleUrl ? `[${rule}](${ruleUrl(rule)})` : rule;
  // What names no object of the schema says what it is about in its message alone.
  return objects.length === 0 ? `${name}: ${escapeLine(message)}` : name;
}

function quietWord({ measurement }: Statement): string {
  if (!measurement) return "–";
  return measurement.scans.length + measurement.rewrites.length === 0 ? "instant" : "–";
}
