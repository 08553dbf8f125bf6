import { changeFormats, renderChanges } from "#generators/changes/render-changes.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { liveDatabase } from "../live-database.ts";
import { notOnDisk, openProject, type Project } from "../project.ts";
import { revisionWorkspace } from "../workspace/revision-workspace.ts";
import type { Command, CommandInput } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";

export const diff: Command = {
  name: "diff",
  summary: "Say what changed between two states of the schema.",
  usage: "<base> [<head>]",
  options: {
    format: { type: "string", oneOf: [...changeFormats], help: "Default text." },
    "exit-code": { type: "boolean", help: "Exit with 1 when there is a difference." },
  },
  examples: [
    ["querygenie diff main", "what the working tree changes"],
    ["querygenie diff v1.4.0 v1.5.0 --format md", "what a release changed, for its notes"],
    ["querygenie diff old/schema.sql new/schema.sql", "two files, no repository needed"],
  ],
  async run(input) {
    const { positionals, globals, terminal, values } = input;
    const [base, head, ...more] = positionals;
    if (base === undefined || more.length > 0) {
      throw new ProblemError(
        [usage("diff needs one or two states", "querygenie diff <base> [<head>]: git revisions, folders or files.")],
        2,
      );
    }
    const before = await stateOf(input, base);
    const after = await stateOf(input, head);
    const changes = diffModels(before.model, after.model);
    const format = changeFormats.find((known) => known === (globals.format ?? "text")) ?? "text";
    terminal.result(renderChanges(changes, format));
    const exitCode = values["exit-code"] === true && changes.length > 0 ? 1 : 0;
    return { exitCode, problems: [...before.problems, ...after.problems] };
  },
};

interface State {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
}

/** The model of one side: the working tree, a git revision, a folder or a file. */
async function stateOf({ project, globals }: CommandInput, place: string | undefined): Promise<State> {
  const opened = await project();
  if (place === undefined) return modelOf(opened);
  const found = await revisionWorkspace(opened.root, place);
  const sources = found.source === undefined ? globals.sources : [found.source];
  const side = await openProject(
    { ...opened, workspace: found.workspace, trust: notOnDisk },
    {
      flags: { sources, ...(globals.dialect ? { dialect: globals.dialect } : {}) },
      ...(globals.database === undefined ? {} : { database: globals.database }),
    },
  );
  return modelOf(side);
}

async function modelOf(opened: Project): Promise<State> {
  const database = onlyDatabase(opened);
  const live = liveDatabase(opened, database);
  try {
    const read = await live.model();
    return { model: read.model, problems: [...database.problems, ...read.problems] };
  } finally {
    await live.close();
  }
}
