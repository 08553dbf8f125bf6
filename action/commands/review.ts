import { changeList } from "#generators/changes/change-list.ts";
import { diffDiagram } from "#generators/erd/diff-diagram.ts";
import { githubAnnotations } from "#generators/review/report/github-annotations.ts";
import { jsonReport } from "#generators/review/report/json.ts";
import { markdownReport } from "#generators/review/report/markdown.ts";
import { sarifReport } from "#generators/review/report/sarif.ts";
import { textReport } from "#generators/review/report/text.ts";
import { rules } from "#generators/review/rules/registry.ts";
import type { ConfigFlags } from "#schemas/config/resolve.ts";
import type { Finding } from "#schemas/finding.ts";
import { ProblemError } from "#schemas/problem.ts";
import { openAi } from "../ai/open-ai.ts";
import { wordReview } from "../ai/word-review.ts";
import { reviewScope } from "../review-files.ts";
import { hasWork, runReview, type ReviewRun } from "../run-review.ts";
import { toolVersion } from "../tool-version.ts";
import type { Command, CommandInput } from "./command.ts";
import { liveFlag, liveOption } from "./live-option.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

const formats = ["text", "json", "sarif", "md", "github"] as const;
const thresholds = ["error", "warning", "never"] as const;

export const review: Command = {
  name: "review",
  summary: "Measure what a migration does and say what is unsafe.",
  usage: "[files…]",
  options: {
    base: { type: "string", value: "REF", help: "Review what this git revision does not have." },
    rules: { type: "string", value: "default|all|IDS", help: "Which rules run." },
    "engine-version": { type: "string", value: "N", help: "Major version that production runs." },
    independent: { type: "boolean", help: "Review each named file by itself, unrelated to the others." },
    "assume-in-transaction": { type: "boolean", help: "Treat every file as one transaction." },
    model: {
      type: "string",
      value: "M",
      help: "Model for the summary: PROVIDER/MODEL, a provider, or offline for none.",
    },
    "fail-on": { type: "string", oneOf: [...thresholds], help: "Least severity that exits with 1. Default error." },
    ...liveOption,
    format: { type: "string", oneOf: [...formats], help: "Default text." },
  },
  examples: [
    ["querygenie review", "what the working tree adds to the default branch"],
    ["querygenie review migrations/0031_orders.sql", "one file, on top of the history"],
    ["querygenie review --live production 0031_orders.sql", "one file, on top of what runs"],
    ["querygenie review --independent 'cases/*.sql'", "files that belong to no history, each by itself"],
    ["querygenie review --base origin/main --format sarif", "for code scanning"],
  ],
  async run({ positionals, values, globals, terminal, project }) {
    const flags = { ...reviewFlags(values), ...liveFlag(values, globals) };
    const opened = await project(flags, positionals.length > 0 ? { allowEmpty: true } : {});
    const database = onlyDatabase(opened);
    const revision = values["base"];
    const scope = await reviewScope(opened, database, {
      words: positionals,
      independent: values["independent"] === true,
      ...(typeof revision === "string" ? { revision } : {}),
    });
    if (!(await hasWork(opened, database, scope))) {
      terminal.say("Nothing to review: no migration and no query is new.");
      return { exitCode: 0, problems: opened.problems };
    }
    const format = formats.find((known) => known === (globals.format ?? "text")) ?? "text";
    const model = globals.offline || !isForReaders(format) ? "offline" : values["model"];
    const ai = await openAi(opened, { ...(typeof model === "string" && { model }) });
    const { review: reviewed, ...rest } = await runReview(opened, database, scope);
    const run = { ...rest, review: await wordReview(opened, database, { review: reviewed, ai: ai.router }) };
    await ai.remember();
    terminal.result(render(run, format, database.settings.id));
    const failOn = opened.config.review.failOn;
    return {
      exitCode: run.review.findings.some((finding) => fails(finding, failOn)) ? 1 : 0,
      problems: [...opened.problems, ...ai.problems],
    };
  },
};

/** Whether a format shows a summary in words; for the others no model is paid. */
const isForReaders = (format: (typeof formats)[number]): boolean => format === "text" || format === "md";

function reviewFlags(values: CommandInput["values"]): ConfigFlags {
  const { rules: ids, "engine-version": engineVersion, "fail-on": failOn } = values;
  const threshold = thresholds.find((known) => known === failOn);
  return {
    ...(typeof ids === "string" ? { rules: ruleChoice(ids) } : {}),
    ...(typeof engineVersion === "string" ? { engineVersion } : {}),
    ...(threshold ? { failOn: threshold } : {}),
    ...(values["assume-in-transaction"] === true ? { assumeInTransaction: true } : {}),
  };
}

function render({ review: reviewed, models }: ReviewRun, format: (typeof formats)[number], database: string): string {
  switch (format) {
    case "text":
      return textReport(reviewed);
    case "json": {
      const { changes } = changeList(reviewed.changes);
      return JSON.stringify(jsonReport({ review: reviewed, toolVersion: toolVersion(), database, changes }), null, 2);
    }
    case "sarif":
      return JSON.stringify(sarifReport({ review: reviewed, rules, toolVersion: toolVersion() }), null, 2);
    case "md": {
      const diagram = models ? diffDiagram(models.base, models.head, reviewed.changes).mermaid : null;
      return markdownReport(reviewed, diagram === null ? {} : { diagram });
    }
    case "github":
      return githubAnnotations(reviewed.findings);
  }
}

const fails = ({ severity }: Finding, failOn: (typeof thresholds)[number]): boolean =>
  failOn !== "never" && (severity === "error" || (failOn === "warning" && severity === "warning"));

/** The `--rules` of a command line as the configuration has them. Throws `ProblemError` for an unknown id. */
function ruleChoice(text: string): "default" | "all" | string[] {
  if (text === "default" || text === "all") return text;
  const ids = text.split(",").map((id) => id.trim());
  const unknown = ids.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length === 0) return ids;
  throw new ProblemError(
    [usage(`there is no rule "${unknown.join('", "')}"`, `Rules: ${rules.map(({ id }) => id).join(", ")}.`)],
    2,
  );
}
