import { optimize as findBetter, type Optimized } from "#generators/queries/optimize.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import { optimizePorts } from "../ask-ports.ts";
import { openAsked } from "../ask-project.ts";
import { sqlArgument } from "../query-connection.ts";
import type { Command, CommandInput } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";

export const optimize: Command = {
  name: "optimize",
  summary: "Find a cheaper way to write a query that gives the same rows.",
  usage: '"<sql>"|<file.sql>|-',
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [["querygenie optimize queries/open-orders.sql", "rewrites that gave the same rows and cost less"]],
  async run({ positionals, globals, terminal, project }) {
    const sql = await sqlArgument(positionals, globals.cwd);
    const opened = await project();
    const asked = await openAsked(opened, onlyDatabase(opened));
    try {
      const { connection, model } = asked;
      const checked = await connection.query({ sql, check: true });
      if (!checked.ok) return { exitCode: 2, problems: [checked.problem] };
      const found = await findBetter(sql, { model, parser: await loadParser(), ports: optimizePorts(connection) });
      if (globals.format === "json") terminal.result(JSON.stringify({ version: 1, ...found }, null, 2));
      else show(found, terminal);
      return { exitCode: 0 };
    } finally {
      await asked.close();
    }
  },
};

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
