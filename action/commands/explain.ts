import { withMeant } from "../ask-project.ts";
import { openConnection, sqlArgument } from "../query-connection.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";

export const explain: Command = {
  name: "explain",
  summary: "Say in words what a query does, and how PostgreSQL would run it.",
  usage: '"<sql>"|<file.sql>|-',
  options: { format: { type: "string", oneOf: ["text", "json"], help: "Default text." } },
  examples: [
    ["querygenie explain queries/open-orders.sql", "its steps in words, the plan, and what is doubtful about it"],
  ],
  async run({ positionals, globals, terminal, project }) {
    const sql = await sqlArgument(positionals, globals.cwd);
    const opened = await project();
    const connection = await openConnection(opened, onlyDatabase(opened));
    try {
      const answer = await connection.explain({ sql });
      if (!answer.ok) {
        // One engine at a time: the model may have to be read by another.
        await connection.close();
        const place = { project: opened, database: onlyDatabase(opened) };
        return { exitCode: 2, problems: [await withMeant(answer.problem, sql, place)] };
      }
      const { text, warnings, words, costliest } = answer.value;
      if (globals.format === "json") terminal.result(JSON.stringify({ version: 1, ...answer.value }, null, 2));
      else {
        terminal.result(`${words.join("\n")}\n\n${text}`);
        const share = Math.round(costliest.share * 100);
        terminal.say(terminal.colour.dim(`Most of the cost, ${share} %: ${costliest.step}`));
        for (const warning of warnings) terminal.say(`${terminal.colour.yellow("⚠")} ${warning}`);
      }
      return { exitCode: 0 };
    } finally {
      await connection.close();
    }
  },
};
