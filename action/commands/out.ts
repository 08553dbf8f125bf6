import { docsContext } from "#generators/docs/docs-context.ts";
import { exportFormats, exportSchema } from "#generators/docs/export-schema.ts";
import { selectTables } from "#generators/erd/select-tables.ts";
import { ProblemError } from "#schemas/problem.ts";
import { renderPng } from "../render-png.ts";
import type { Command, CommandInput } from "./command.ts";
import { docsInput } from "./docs-input.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";
import { outOption, writeResult } from "./write-result.ts";

const columnChoices = ["keys", "all", "none"] as const;
const MOST_STEPS = 9;

export const out: Command = {
  name: "out",
  summary: "Print the documented schema, or a part of it, in another format.",
  usage: "",
  options: {
    format: {
      type: "string",
      short: "t",
      oneOf: [...exportFormats],
      help: "Default json. json and yaml are in tbls' form, csv has a row a column, xlsx sheets of tables, columns, references and indexes, config is the configuration in full.",
    },
    table: {
      type: "string",
      multiple: true,
      value: "ID",
      help: "Only this table; a pattern such as sales.* takes many.",
    },
    viewpoint: { type: "string", multiple: true, value: "ID", help: "Only the tables of this domain or viewpoint." },
    distance: { type: "string", value: "N", help: "Steps along references around those tables. Default 0." },
    columns: { type: "string", oneOf: [...columnChoices], help: "Columns in pictures. Default as `erd.columns`." },
    out: outOption,
  },
  examples: [
    ["querygenie out -t mermaid", "the tables and their keys, as many diagrams as GitHub needs"],
    ["querygenie out -t png --table sales.orders --distance 1 -o orders.png", "a table and what it is joined to"],
    ["querygenie out -t csv --out columns.csv", "every column, for a spreadsheet"],
    ["querygenie out -t json -o schema.json", "for another tool that reads the schema as tbls has it"],
  ],
  async run(input) {
    const { globals, values, project, positionals } = input;
    if (positionals.length > 0) throw noDatabase("out");
    const opened = await project();
    const { input: made, problems } = await docsInput(opened, onlyDatabase(opened));
    const { index, chapters } = docsContext(made);
    const selection = { tables: texts(values["table"]), chapters: texts(values["viewpoint"]), distance: steps(input) };
    const chosen = selectTables(index, chapters, selection);
    if (chosen.problems.length > 0) throw new ProblemError(chosen.problems, 2);
    const columns = columnChoices.find((one) => one === values["columns"]) ?? opened.config.erd.columns;
    const result = await exportSchema(made, {
      format: exportFormats.find((one) => one === globals.format) ?? "json",
      tables: chosen.value,
      isWhole: selection.tables.length + selection.chapters.length === 0,
      columns,
      drawPng: renderPng,
    });
    await writeResult(input, typeof result === "string" ? result.trimEnd() : result);
    return { exitCode: 0, problems };
  },
};

const texts = (value: CommandInput["values"][string]): readonly string[] => (Array.isArray(value) ? value : []);

function steps({ values }: CommandInput): number {
  const given = Number(values["distance"] ?? 0);
  if (Number.isInteger(given) && given >= 0 && given <= MOST_STEPS) return given;
  throw new ProblemError(
    [usage(`--distance takes a whole number from 0 to ${MOST_STEPS}`, "querygenie out --help")],
    2,
  );
}

/** tbls takes the URL of a database here. */
export function noDatabase(command: string): ProblemError {
  const message = `${command} takes no database: the schema is read from the files of the repository`;
  const help =
    "For a running one, name it under `connections` and use querygenie model --live NAME or diff --live NAME.";
  return new ProblemError([usage(message, help)], 2);
}
