import { diagramFormats, renderDiagram } from "#generators/erd/render-diagram.ts";
import { stableJson, stringifyModel } from "#generators/docs/stringify-model.ts";
import { tblsSchema } from "#generators/docs/tbls-schema.ts";
import { ddlScript, writeDdl } from "#schemas/dialects/ddl-writers.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { ProblemError } from "#schemas/problem.ts";
import { liveDatabase } from "../live-database.ts";
import type { Command } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

const formats = ["json", "tbls", "sql", ...diagramFormats] as const;

export const model: Command = {
  name: "model",
  summary: "Print the model of the schema.",
  usage: "",
  options: { format: { type: "string", oneOf: [...formats], help: "Default json." } },
  examples: [
    ["querygenie model", "prints the whole model as JSON"],
    ["querygenie model --format sql > schema.sql", "the DDL that makes the model again, in its own dialect"],
    ["querygenie model --format dbml --source schema.sql", "turns a schema file into DBML"],
  ],
  async run({ globals, terminal, project }) {
    const opened = await project();
    const database = onlyDatabase(opened);
    const live = liveDatabase(opened, database);
    try {
      const read = await live.model();
      const problems = [...opened.problems, ...database.problems, ...read.problems];
      if (globals.format === "sql") {
        const written = writeDdl(read.model);
        terminal.result(ddlScript(read.model, written).trimEnd());
        return { exitCode: 0, problems: [...problems, ...written.problems] };
      }
      terminal.result(render(read.model, globals.format ?? "json", opened.config.name ?? database.settings.id));
      return { exitCode: 0, problems };
    } finally {
      await live.close();
    }
  },
};

function render(schema: SchemaModel, format: string, name: string): string {
  if (format === "json") return stringifyModel(schema);
  if (format === "tbls") return stableJson(tblsSchema(schema, { name, descriptions: {} }));
  const found = diagramFormats.find((known) => known === format);
  if (!found)
    throw new ProblemError([usage(`a model cannot be printed as "${format}"`, `Formats: ${formats.join(", ")}.`)], 2);
  return renderDiagram(schema, "all", { format: found }).join("\n");
}
