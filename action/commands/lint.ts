import { lintDatabase } from "#generators/lint/lint-database.ts";
import { lintQueries } from "#generators/review/lint-queries.ts";
import { countSeverities } from "#generators/review/report/words.ts";
import type { Finding } from "#schemas/finding.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { LintResult } from "#schemas/json/lint.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { WithProblems } from "#schemas/problem.ts";
import { driftProblems, otherReadings } from "../drift.ts";
import { lintIgnores } from "../lint-ignores.ts";
import { liveDatabase, type LiveDatabase } from "../live-database.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { collectQueries } from "../find-queries.ts";
import { readStatistics } from "../statistics.ts";
import { toolVersion } from "../tool-version.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Command } from "./command.ts";

export const lint: Command = {
  name: "lint",
  summary: "Say what is doubtful about the schema as it is.",
  usage: "",
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [["querygenie lint", "missing keys, indexes that nothing needs, and the like, by table"]],
  async run({ globals, terminal, project }) {
    const opened = await project();
    const results: LintResult[] = [];
    for (const database of opened.databases) {
      const others = await otherReadings(opened, database);
      // Plans at production's sizes need it.
      const live = liveDatabase(opened, database, { alsoLoad: ["pg_buffercache"] });
      const { model, problems } = await live.model();
      const statistics = await readStatistics(opened, database);
      const known = statistics.value ? { statistics: statistics.value } : {};
      const ignored = lintIgnores(database);
      const queries = await judgedQueries(opened, { database, live, model, known });
      await live.close();
      const findings = [
        ...lintDatabase(model, database.settings, opened.config, { ...known, ignored }),
        ...queries.value,
      ];
      const drift = driftProblems(database, model, others);
      const all = [...database.problems, ...problems, ...drift, ...queries.problems, ...statistics.problems];
      results.push({
        version: 1,
        tool: toolVersion(),
        database: database.settings.id,
        findings,
        problems: all,
        summary: countSeverities(findings),
      });
    }
    const [only, ...others] = results;
    if (globals.format === "json")
      terminal.result(JSON.stringify(only && others.length === 0 ? only : results, null, 2));
    else for (const result of results) print(terminal, result);
    const { failOn } = opened.config.lint;
    const fails = ({ severity }: Finding): boolean =>
      failOn !== "never" && (severity === "error" || (failOn === "warning" && severity === "warning"));
    return {
      exitCode: results.some(({ findings }) => findings.some(fails)) ? 1 : 0,
      problems: results.flatMap((result) => [...result.problems]),
    };
  },
};

interface JudgeInput {
  readonly database: ProjectDatabase;
  readonly live: LiveDatabase;
  readonly model: SchemaModel;
  readonly known: { readonly statistics?: Statistics };
}

/** What the query rules say. Plans are asked for where production's sizes are known; without them they say little. */
async function judgedQueries(
  project: Project,
  { database, live, model, known }: JudgeInput,
): Promise<WithProblems<readonly Finding[]>> {
  const found = await collectQueries(project, database, model);
  const { rules } = project.config.lint;
  const { severity, limits, largeTableRows, ignore } = project.config.review;
  const { engineVersion } = database.settings;
  const mayPlan = dialectFacts(model.dialect).canRun && known.statistics !== undefined && found.value.length > 0;
  const input = {
    model,
    queries: found.value,
    largeTableRows,
    ignore,
    engine: mayPlan ? await live.engine() : null,
    ...known,
    ...(engineVersion === undefined ? {} : { engineVersion }),
  };
  const { findings, problems } = await lintQueries(input, { rules, severity, limits });
  return { value: findings, problems: [...found.problems, ...problems] };
}

function print(terminal: Terminal, { database, findings, summary }: LintResult): void {
  const { colour } = terminal;
  const signs = { error: "✖", warning: "⚠", info: "·" };
  for (const { rule, severity, span, message, help } of findings) {
    const place = span.file === "" ? "" : `  ${span.file}:${span.line}`;
    terminal.result(
      `${signs[severity]} ${rule}${place}\n    ${message}${help === undefined ? "" : `\n    ${colour.dim(help)}`}`,
    );
  }
  terminal.result(`${database}: ${summary.error} errors, ${summary.warning} warnings, ${summary.info} notes`);
}
