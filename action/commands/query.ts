import { ProblemError } from "#schemas/problem.ts";
import { withMeant } from "../ask-project.ts";
import { openConnection, sqlArgument } from "../query-connection.ts";
import { textTable } from "../terminal/text-table.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

export const query: Command = {
  name: "query",
  summary: "Run a read-only query on the embedded database with the committed fixtures.",
  usage: '"<sql>"|<file.sql>|-',
  options: {
    format: { type: "string", oneOf: ["text", "json"], help: "Default text." },
    limit: { type: "string", value: "N", help: "Most rows." },
  },
  examples: [
    ['querygenie query "select count(*) from sales.orders"', "runs one query"],
    ["querygenie query queries/open-orders.sql --format json", "runs a saved query"],
  ],
  async run({ positionals, values, globals, terminal, project }) {
    const sql = await sqlArgument(positionals, globals.cwd);
    const limit = values["limit"] === undefined ? undefined : Number(values["limit"]);
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
      throw new ProblemError([usage("--limit takes a whole number from 1 on", "querygenie query --help")], 2);
    }
    const opened = await project();
    const connection = await openConnection(opened, onlyDatabase(opened));
    try {
      const answer = await connection.query({ sql, ...(limit === undefined ? {} : { limit }) });
      if (!answer.ok) {
        // One engine at a time: the model may have to be read by another.
        await connection.close();
        const place = { project: opened, database: onlyDatabase(opened) };
        return { exitCode: 2, problems: [await withMeant(answer.problem, sql, place)] };
      }
      const { columns, rows, rowCount, truncated } = answer.value;
      if (globals.format === "json") terminal.result(JSON.stringify({ version: 1, ...answer.value }, null, 2));
      else {
        terminal.result(
          textTable(
            columns.map(({ name }) => name),
            rows,
          ),
        );
        terminal.say(
          terminal.colour.dim(
            `${rowCount} ${rowCount === 1 ? "row" : "rows"}${truncated ? ", and more: raise --limit" : ""}`,
          ),
        );
      }
      return { exitCode: 0 };
    } finally {
      await connection.close();
    }
  },
};
