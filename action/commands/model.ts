import { diagramFormats, renderDiagram } from "#generators/erd/render-diagram.ts";
import { stableJson, stringifyModel } from "#generators/docs/stringify-model.ts";
import { tblsSchema } from "#generators/docs/tbls-schema.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { ProblemError } from "#schemas/problem.ts";
import { openNamed, readConnections, readLive } from "../live-connection.ts";
import { liveDatabase } from "../live-database.ts";
import { saveLiveFiles } from "../live-files.ts";
import { projectWorld } from "../project-world.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

const formats = ["json", "tbls", ...diagramFormats] as const;

export const model: Command = {
  name: "model",
  summary: "Print the model of the schema.",
  usage: "",
  options: {
    format: { type: "string", oneOf: [...formats], help: "Default json." },
    live: {
      type: "string",
      value: "NAME",
      help: "Read the running database of this connection, a key under `connections` or a variable that holds a URL.",
    },
    "save-statistics": {
      type: "boolean",
      help: "With --live: keep its sizes and column statistics for the review, in place of printing the model.",
    },
    "save-workload": {
      type: "boolean",
      help: "With --live: keep the texts, calls and times of its queries, in place of printing the model.",
    },
    "hash-values": {
      type: "boolean",
      help: "With --save-statistics: keep the most common values as keyed hashes. Who can guess a value can confirm it.",
    },
  },
  examples: [
    ["querygenie model", "prints the whole model as JSON"],
    ["querygenie model --format dbml --source schema.sql", "turns a schema file into DBML"],
    ["querygenie model --live production", "prints the model of a running database"],
    ["querygenie model --live production --save-statistics", "refreshes .querygenie/stats/production.json"],
  ],
  async run(input) {
    const { globals, terminal, project, values } = input;
    if (typeof values["live"] === "string") return modelOfLive(input, values["live"]);
    const lone = liveOptions.find((name) => values[name] === true);
    if (lone) throw new ProblemError([usage(`--${lone} needs --live`, "--live names the running database.")], 2);
    const opened = await project();
    const database = onlyDatabase(opened);
    const live = liveDatabase(opened, database);
    try {
      const read = await live.model();
      terminal.result(render(read.model, globals.format ?? "json", opened.config.name ?? database.settings.id));
      return { exitCode: 0, problems: [...opened.problems, ...database.problems, ...read.problems] };
    } finally {
      await live.close();
    }
  },
};

const liveOptions = ["save-statistics", "save-workload", "hash-values"] as const;

/** A running database needs no source in the repository. */
async function modelOfLive({ globals, terminal, values }: CommandInput, name: string): Promise<CommandResult> {
  const world = await projectWorld(globals, terminal.progress);
  const place = { world, ...(globals.config === undefined ? {} : { configPath: globals.config }) };
  const wanted = { statistics: values["save-statistics"] === true, workload: values["save-workload"] === true };
  if (!wanted.statistics && values["hash-values"] === true)
    throw new ProblemError([usage("--hash-values needs --save-statistics", "Nothing else holds values.")], 2);
  if (!wanted.statistics && !wanted.workload) {
    const { live, problems } = await readLive(place, name, terminal.progress);
    terminal.result(render(live.model.model, globals.format ?? "json", name));
    return { exitCode: 0, problems: [...problems, ...live.model.problems] };
  }
  const { state } = await readConnections(place);
  const { server, problems } = await openNamed(place, name);
  try {
    const hashValues = values["hash-values"] === true;
    const saved = await saveLiveFiles({ world, server, connection: name, state, ...wanted, hashValues });
    for (const path of saved.paths) terminal.result(path);
    return { exitCode: 0, problems: [...problems, ...saved.problems] };
  } finally {
    await server.close();
  }
}

function render(schema: SchemaModel, format: string, name: string): string {
  if (format === "json") return stringifyModel(schema);
  if (format === "tbls") return stableJson(tblsSchema(schema, { name, descriptions: {} }));
  const found = diagramFormats.find((known) => known === format);
  if (!found)
    throw new ProblemError([usage(`a model cannot be printed as "${format}"`, `Formats: ${formats.join(", ")}.`)], 2);
  return renderDiagram(schema, "all", { format: found }).join("\n");
}
