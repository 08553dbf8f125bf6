import type { ActionReport, ReportedDatabase } from "#schemas/json/action-report.ts";
import type { Problem } from "#schemas/problem.ts";
import { codeCell, codeSpan, escapeHtml, escapeLine } from "../../markdown/escape.ts";
import { changeLine, viewMarkdown, type MarkdownOptions } from "./markdown.ts";
import { counted, sentence } from "./words.ts";

export interface ActionMarkdownOptions extends Pick<MarkdownOptions, "ruleUrl"> {
  /** Most characters. */
  readonly limit: number;
  /**
   * The report is of a run that strangers control: Mermaid is left out, which can hold links, and so is what claims to
   * be of a model.
   */
  readonly isOfStranger?: boolean;
}

/** A run in Markdown: the body of the comment and of the summary. Null when the run has nothing to say. */
export function actionMarkdown(report: ActionReport, options: ActionMarkdownOptions): string | null {
  const spoken = report.databases.filter(({ review, problems }) => review !== null || problems.length > 0);
  const tail = [
    ...driftLines(report),
    ...silencedLines(report),
    ...fileLines(report),
    ...(options.isOfStranger ? [] : usageTable(report)),
    ...problemLines(report.problems),
  ].join("\n\n");
  if (spoken.length === 0) return tail === "" ? null : `### QueryGenie\n\n${tail}\n`;
  let room = options.limit - tail.length - 2;
  // Small ones first: what they do not need is there for the large ones.
  const texts = new Map<ReportedDatabase, string>();
  const bySize = spoken.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  for (const [index, database] of bySize.entries()) {
    const limit = Math.floor(room / (bySize.length - index)) - 2;
    const text = databaseMarkdown(database, report, { ...options, limit, isOnly: report.databases.length === 1 });
    texts.set(database, text);
    room -= text.length + 2;
  }
  const parts = [...spoken.map((database) => (texts.get(database) ?? "").trimEnd()), ...(tail === "" ? [] : [tail])];
  return `${parts.join("\n\n")}\n`;
}

interface DatabaseOptions extends ActionMarkdownOptions {
  readonly isOnly: boolean;
}

function databaseMarkdown(
  { id, review, diagram, problems }: ReportedDatabase,
  { files }: ActionReport,
  { ruleUrl, limit, isOfStranger = false, isOnly }: DatabaseOptions,
): string {
  const title = isOnly ? "QueryGenie" : `QueryGenie · ${codeSpan(id)}`;
  const lines = problemLines(problems).join("\n\n");
  if (!review) return `### ${title} · not reviewed\n\n${lines}\n`;
  const { words, ...plain } = review;
  const text = viewMarkdown(words && !isOfStranger ? { ...plain, words } : plain, {
    limit: Math.max(2000, limit - lines.length - 2),
    ...(ruleUrl ? { ruleUrl } : {}),
    ...(isOnly ? {} : { database: id }),
    ...(diagram !== undefined && !isOfStranger ? { diagram } : {}),
    ...(files.state === "stale" && files.follows ? { footer: "documents and fixtures follow on merge" } : {}),
  });
  return lines === "" ? text : `${text.trimEnd()}\n\n${lines}\n`;
}

/** Differences of one database that are shown before the rest is counted. */
const SHOWN_CHANGES = 50;

function driftLines({ drift = [] }: ActionReport): readonly string[] {
  return drift.map(({ database, connection, engine, changes }) => {
    const where = `${codeSpan(connection)} (${escapeLine(engine.name)} ${escapeLine(engine.version)})`;
    if (changes.length === 0) return `**No drift** ${where} is what is committed for ${codeSpan(database)}.`;
    const shown = changes.slice(0, SHOWN_CHANGES).map((change) => `- ${changeLine(change)}`);
    const rest = changes.length - shown.length;
    const more = rest > 0 ? `\n- and ${counted(rest, "more difference")}` : "";
    const title = `**Drift** ${where} differs from what is committed for ${codeSpan(database)} in ${counted(changes.length, "place")}; seen from the committed schema:`;
    const advice = `Write a migration of what is right there, or undo it there; ${codeSpan(`querygenie diff --live ${connection}`)} shows it again.`;
    return `${title}\n\n${shown.join("\n")}${more}\n\n${advice}`;
  });
}

/** Names of files that are shown before the rest is counted. */
const SHOWN_FILES = 5;

function fileLines({ files }: ActionReport): readonly string[] {
  if (files.state !== "stale" || files.follows) return [];
  const { paths } = files;
  const names = paths.slice(0, SHOWN_FILES).map((path) => codeSpan(path));
  const rest = paths.length > SHOWN_FILES ? ` and ${counted(paths.length - SHOWN_FILES, "more file")}` : "";
  const which = names.length === 0 ? "The committed documents and fixtures are" : `${names.join(", ")}${rest}:`;
  return [`**Out of date** ${which} not what the schema gives. Run ${codeSpan("querygenie build")} and commit.`];
}

function silencedLines({ silenced }: ActionReport): readonly string[] {
  if (silenced.length === 0) return [];
  const list = silenced.map(
    ({ rule, place, by, reason }) =>
      `- ${codeSpan(rule)} at ${codeSpan(place)}: ${escapeLine(sentence(reason))} (${codeSpan(by)})`,
  );
  const title = `${counted(silenced.length, "finding")} left out by reply`;
  return [`<details><summary>${escapeHtml(title)}</summary>\n\n${list.join("\n")}\n\n</details>`];
}

/** What language models were asked for and what that cost, by task. */
function usageTable({ usage = [] }: ActionReport): readonly string[] {
  if (usage.length === 0) return [];
  const sum = (of: (line: (typeof usage)[number]) => number): number => usage.reduce((all, line) => all + of(line), 0);
  const tokens = sum(({ inputTokens, outputTokens }) => inputTokens + outputTokens).toLocaleString("en");
  const title = `Language models: ${counted(
    sum(({ calls }) => calls),
    "call",
  )}, ${tokens} tokens`;
  const rows = usage.map(({ task, provider, model, calls, failed, inputTokens, outputTokens, cost }) => {
    const price = cost === null ? "unknown" : `$${cost.toFixed(4)}`;
    const made = failed > 0 ? `${calls} (${failed} failed)` : String(calls);
    return `| ${[codeCell(task), codeCell(`${provider}/${model}`), made, inputTokens, outputTokens, price].join(" | ")} |`;
  });
  const table = [
    "| task | model | calls | tokens in | tokens out | cost |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
  return [`<details><summary>${escapeHtml(title)}</summary>\n\n${table.join("\n")}\n\n</details>`];
}

function problemLines(problems: readonly Problem[]): readonly string[] {
  if (problems.length === 0) return [];
  const list = problems.map(({ code, message, help, origin }) => {
    const place = origin ? ` ${codeSpan(`${origin.file}:${origin.line}`)}` : "";
    const advice = help === undefined ? "" : `<br>${escapeLine(sentence(help))}`;
    return `- ${code}${place} ${escapeLine(sentence(message))}${advice}`;
  });
  return [list.join("\n")];
}

const sizeOf = ({ review }: ReportedDatabase): number =>
  review === null ? 0 : review.statements.length + 3 * review.findings.length;
