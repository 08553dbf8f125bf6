import { indexSuggestions } from "#generators/queries/index-suggestions.ts";
import { optimize as findBetter, type Optimized, type Suggestion } from "#generators/queries/optimize.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import { measureMigrations } from "#schemas/replay/measure-migrations.ts";
import { optimizePorts } from "../ask-ports.ts";
import { openAsked } from "../ask-project.ts";
import { replayOptions } from "../live-database.ts";
import type { Project, ProjectDatabase } from "../project.ts";
import { readStatistics } from "../statistics.ts";
import { sqlArgument } from "../query-connection.ts";
import type { Command, CommandInput } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";

export const optimize: Command = {
  name: "optimize",
  summary: "Find a cheaper way to write a query that gives the same rows, and the indexes it lacks.",
  usage: '"<sql>"|<file.sql>|-',
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [
    ["querygenie optimize queries/open-orders.sql", "rewrites that gave the same rows and cost less, and indexes"],
  ],
  async run({ positionals, globals, terminal, project }) {
    const sql = await sqlArgument(positionals, globals.cwd);
    const opened = await project();
    const database = onlyDatabase(opened);
    const rewritten = await rewrittenQuery(opened, database, sql);
    if (!rewritten.ok) return { exitCode: 2, problems: [rewritten.problem] };
    const indexes = await indexAdvice(opened, database, rewritten.value.optimized);
    const found = { ...rewritten.value, suggestions: [...rewritten.value.suggestions, ...indexes.value] };
    if (globals.format === "json") terminal.result(JSON.stringify({ version: 1, ...found }, null, 2));
    else show(found, terminal);
    return { exitCode: 0, problems: indexes.problems };
  },
};

async function rewrittenQuery(
  project: Project,
  database: ProjectDatabase,
  sql: string,
): Promise<{ readonly ok: true; readonly value: Optimized } | { readonly ok: false; readonly problem: Problem }> {
  const asked = await openAsked(project, database);
  try {
    const { connection, model } = asked;
    const checked = await connection.query({ sql, check: true });
    if (!checked.ok) return checked;
    const ports = optimizePorts(connection);
    return { ok: true, value: await findBetter(sql, { model, parser: await loadParser(), ports }) };
  } finally {
    await asked.close();
  }
}

/** Indexes for the query, on an engine of their own: one lives at a time. */
async function indexAdvice(
  project: Project,
  database: ProjectDatabase,
  sql: string,
): Promise<WithProblems<readonly Suggestion[]>> {
  if (!dialectFacts(database.settings.dialect).canRun) return { value: [], problems: [] };
  const { value: statistics, problems } = await readStatistics(project, database);
  const { head, engine } = await measureMigrations(database.files, [], replayOptions(project));
  try {
    const value = await indexSuggestions({ engine, model: head, sql, ...(statistics && { statistics }) });
    return { value, problems };
  } finally {
    await engine.close();
  }
}

function show(found: Optimized, terminal: CommandInput["terminal"]): void {
  if (found.suggestions.length === 0) {
    terminal.result("Nothing cheaper was found that gives the same rows.");
    return;
  }
  for (const { title, sql, costBefore, costAfter } of found.suggestions) {
    const cost = costBefore === undefined || costAfter === undefined ? "" : ` (cost ${costBefore} → ${costAfter})`;
    terminal.result(`${title}${cost}${sql === undefined ? "" : `\n\n${sql};`}\n`);
  }
  const percent = Math.round(found.estimatedImprovement * 100);
  if (found.verified)
    terminal.say(terminal.colour.dim(`Same rows on the data at hand; ${percent} % less by the planner.`));
}
