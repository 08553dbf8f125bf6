import type { Finding } from "#schemas/finding.ts";
import type { ReviewView } from "#schemas/json/action-report.ts";
import { codeBlock, codeSpan, escapeHtml, escapeLine } from "../../markdown/escape.ts";
import type { Review } from "../review.ts";
import { fitParts, type Part } from "./fit-parts.ts";
import { reviewView } from "./review-view.ts";
import { queryTable, statementTable } from "./statement-table.ts";
import {
  counted,
  queriesWords,
  isProven,
  measuredWords,
  measurementWords,
  sentence,
  severityWords,
  terminated,
} from "./words.ts";

export interface MarkdownOptions {
  /** Address of a rule's page. Rules are not linked without it. */
  readonly ruleUrl?: (rule: string) => string;
  /** Mermaid of the tables that the migration touches, without its fence. */
  readonly diagram?: string;
  /** Said on the last line, such as what happens on merge. */
  readonly footer?: string;
  /** Stands in the title, when there are several databases. */
  readonly database?: string;
  /** Most characters. Default: what GitHub takes for a comment, with room for a marker. */
  readonly limit?: number;
}

/** GitHub refuses a comment body of more than 65,536 characters. */
const COMMENT_LIMIT = 65_000;

/** The review as a pull-request comment: a minute to read, the evidence folded; one line when there is nothing. */
export function markdownReport(review: Review, options: MarkdownOptions = {}): string {
  return viewMarkdown(reviewView(review), options);
}

/** The same words, from the plain data of a review. */
export function viewMarkdown(review: ReviewView, options: MarkdownOptions = {}): string {
  const { findings, problems, changes, summary, measured } = review;
  const title = ["QueryGenie", ...(options.database === undefined ? [] : [codeSpan(options.database)])];
  const footer = [
    measuredWords(measured),
    ...(review.judgedQueries ? [`${queriesWords(review.judgedQueries)} checked`] : []),
    ...(review.words === undefined ? [] : [`✦ by ${review.words.by}, held to the findings`]),
    ...(options.footer === undefined ? [] : [options.footer]),
  ].join(" · ");
  if (findings.length === 0 && problems.length === 0) {
    const rest = options.footer === undefined ? "" : ` · ${escapeLine(options.footer)}`;
    const about = review.files.length === 0 ? `${subjectWords(review)} checked` : escapeLine(summary);
    return `${title.join(" · ")} · nothing to say: ${about}${rest}\n`;
  }
  const head = [...title, severityWords(findings, " · "), subjectWords(review)].join(" · ");
  const parts: Part[] = [
    { text: `### ${head}`, name: "the title", isNeeded: true },
    { text: summaryLines(review), name: "the summary", isNeeded: true },
    ...(problems.length > 0 ? [{ text: problemList(review), name: "the list of problems" }] : []),
    ...statementTable(review, options),
    ...queryTable(review, options),
    ...(findings.length > 0
      ? [{ text: folded("Findings in words", findingList(review)), name: "the findings in words" }]
      : []),
    ...(options.diagram === undefined
      ? []
      : [{ text: folded("What changes, as a diagram", codeBlock(options.diagram, "mermaid")), name: "the diagram" }]),
    ...(changes.length === 0
      ? []
      : [
          {
            text: folded(`What changes (${summary})`, changeList(review)),
            name: "the list of changes",
          },
        ]),
    ...findings.filter(({ rewrite }) => rewrite !== undefined).map(rewritePart),
    { text: `<sub>${escapeHtml(footer)}</sub>`, name: "the footer", isNeeded: true },
  ];
  return fitParts(parts, options.limit ?? COMMENT_LIMIT);
}

/** What the review is about: a file, several, or queries where no migration is new. */
function subjectWords({ files, judgedQueries = 0 }: ReviewView): string {
  const [only, ...others] = files;
  if (only === undefined) return queriesWords(judgedQueries);
  return others.length === 0 ? codeSpan(only) : counted(files.length, "file");
}

/** What the migration does and what it risks, from the findings alone. */
function summaryLines({ findings, changes, summary, words }: ReviewView): string {
  if (words) return `${escapeLine(words.text)} ✦`;
  const does = changes.length > 3 ? escapeLine(summary) : changes.map(changeLine).join("; ");
  const worst = findings
    .filter(({ severity, rule }) => severity === "error" && rule !== "query-breaks")
    .toSorted((a, b) => Number(b.evidence === "measured") - Number(a.evidence === "measured"));
  const broken = findings.filter(({ rule }) => rule === "query-breaks").length;
  const risks = [
    ...worst.slice(0, 1).map(({ message }) => escapeLine(message)),
    ...(worst.length > 1 ? [`${worst.length - 1} more of this weight`] : []),
    ...(broken > 0 ? [`${queriesWords(broken)} ${broken === 1 ? "breaks" : "break"}`] : []),
  ];
  const rewritten = findings.filter(isProven).map(({ span }) => `L${span.line}`);
  const order = [...new Set(rewritten)].join(", ");
  return [
    `**Does** ${does === "" ? "nothing to the schema" : does}.`,
    ...(risks.length > 0 ? [`**Risk** ${sentence(risks.join("; "))}`] : []),
    ...(order === "" ? [] : [`**Order** a safe form of ${order} was run and measured; see below.`]),
  ].join("  \n");
}

function problemList({ problems }: ReviewView): string {
  return problems
    .map(({ code, message, origin }) => {
      const place = origin ? ` ${codeSpan(`${origin.file}:${origin.line}`)}` : "";
      return `- ${code}${place} ${escapeLine(message)}`;
    })
    .join("\n");
}

const changeList = ({ changes }: ReviewView): string => changes.map((change) => `- ${changeLine(change)}`).join("\n");

function rewritePart(finding: Finding): Part {
  const { rewrite, span, rule } = finding;
  const steps = rewrite?.steps ?? [];
  const sql = steps.map(({ sql: text, measured }) => {
    const note = measured ? `-- ${measured.how}: ${measurementWords(measured)}\n` : "";
    return note + terminated(text);
  });
  const title = `Safe form of L${span.line} (${rule})${isProven(finding) ? ", run and measured: the schema is the same" : ""}`;
  return { text: folded(title, codeBlock(sql.join("\n\n"), "sql")), name: `the safe form of L${span.line}` };
}

export const changeLine = (change: ReviewView["changes"][number]): string =>
  change.map((phrase) => (typeof phrase === "string" ? inlineText(phrase) : codeSpan(phrase.code))).join("");

/** Escaped, with the single spaces at its edges kept: it stands between two code spans. */
function inlineText(text: string): string {
  const escaped = escapeLine(text);
  if (escaped === "") return text === "" ? "" : " ";
  return `${text.startsWith(" ") ? " " : ""}${escaped}${text.endsWith(" ") ? " " : ""}`;
}

/** Every finding in its own words, by statement. */
function findingList({ findings, files }: ReviewView): string {
  return findings
    .map(({ span, rule, message, help }) => {
      const place = files.length > 1 || !files.includes(span.file) ? `${span.file}:${span.line}` : `L${span.line}`;
      const advice = help === undefined ? "" : `<br>${escapeLine(sentence(help))}`;
      return `- **${escapeLine(place)}** ${rule}: ${escapeLine(sentence(message))}${advice}`;
    })
    .join("\n");
}

const folded = (title: string, body: string): string =>
  `<details><summary>${escapeHtml(title)}</summary>\n\n${body}\n\n</details>`;
