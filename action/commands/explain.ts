import { openConnection, sqlArgument } from "../query-connection.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";

export const explain: Command = {
  name: "explain",
  summary: "Show how PostgreSQL would run a query.",
  usage: '"<sql>"|<file.sql>|-',
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [["querygenie explain queries/open-orders.sql", "the plan, and what is doubtful about it"]],
  async run({ positionals, globals, terminal, project }) {
    const sql = await sqlArgument(positionals, globals.cwd);
    const opened = await project();
    const connection = await openConnection(opened, onlyDatabase(opened));
    try {
      const answer = await connection.explain({ sql });
      if (!answer.ok) return { exitCode: 2, problems: [answer.problem] };
      const { text, warnings } = answer.value;
      if (globals.format === "json") terminal.result(JSON.stringify({ version: 1, ...answer.value }, null, 2));
      else {
        terminal.result(text);
        for (const warning of warnings) terminal.say(`${terminal.colour.yellow("⚠")} ${warning}`);
      }
      return { exitCode: 0 };
    } finally {
      await connection.close();
    }
  },
};
