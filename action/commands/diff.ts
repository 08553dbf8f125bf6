import { changeFormats, renderChanges } from "#generators/changes/render-changes.ts";
import { docsFolder } from "#generators/docs/docs-context.ts";
import { diffDiagram, diffPicture } from "#generators/erd/diff-diagram.ts";
import type { Change } from "#schemas/change.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import { readStoredModel } from "#schemas/json/read-stored-model.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { compareLive, modelOf } from "../compare-live.ts";
import { notOnDisk } from "../not-on-disk.ts";
import { openProject, type Project, type ProjectDatabase } from "../project.ts";
import { renderPng } from "../render-png.ts";
import { revisionWorkspace } from "../workspace/revision-workspace.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { onlyDatabase } from "./only-database.ts";
import { usage } from "./read-arguments.ts";
import { outOption, writeResult } from "./write-result.ts";

const formats = [...changeFormats, "mermaid", "svg", "png"] as const;

export const diff: Command = {
  name: "diff",
  summary: "Say what changed between two states of the schema.",
  usage: "[<base> [<head>]] | --live NAME",
  options: {
    live: {
      type: "string",
      value: "NAME",
      help: "Compare with the running database of this connection: what differs there from the committed schema.",
    },
    format: { type: "string", oneOf: [...formats], help: "Default text. mermaid, svg and png draw what changes." },
    out: outOption,
    "exit-code": { type: "boolean", help: "Exit with 1 when there is a difference." },
  },
  examples: [
    ["querygenie diff", "what the committed documents do not say yet; exits with 1 when there is something, as tbls"],
    ["querygenie diff main", "what the working tree changes"],
    ["querygenie diff v1.4.0 v1.5.0 --format md", "what a release changed, for its notes"],
    [
      "querygenie diff main --format svg > changes.svg",
      "a picture of it: added, changed and dropped, with one step around",
    ],
    ["querygenie diff main --format png --out changes.png", "the same for places that take no SVG"],
    ["querygenie diff --live production --exit-code", "whether production is what is committed"],
    ["querygenie diff old/schema.sql new/schema.sql", "two files, no repository needed"],
  ],
  async run(input) {
    const { positionals, values } = input;
    const [base, head, ...more] = positionals;
    if (typeof values["live"] === "string") return diffLive(input, values["live"]);
    if (base === undefined) return diffDocuments(input);
    if (more.length > 0) {
      const help = "querygenie diff <base> [<head>]: git revisions, folders or files.";
      throw new ProblemError([usage("diff compares two states at most", help)], 2);
    }
    const before = await stateOf(input, base);
    const after = await stateOf(input, head);
    const changes = diffModels(before.model, after.model);
    return conclude(input, { base: before.model, head: after.model, changes }, [...before.problems, ...after.problems]);
  },
};

interface Difference {
  readonly base: SchemaModel;
  readonly head: SchemaModel;
  readonly changes: readonly Change[];
}

async function conclude(
  { globals, values, ...input }: CommandInput,
  difference: Difference,
  problems: readonly Problem[],
): Promise<CommandResult> {
  const { changes } = difference;
  const format = formats.find((known) => known === (globals.format ?? "text")) ?? "text";
  await writeResult({ ...input, globals, values }, await render(difference, format));
  return { exitCode: values["exit-code"] === true && changes.length > 0 ? 1 : 0, problems };
}

/** A picture of no change is the empty text: there is nothing to draw. */
async function render(
  { base, head, changes }: Difference,
  format: (typeof formats)[number],
): Promise<string | Uint8Array> {
  if (format === "png") {
    const svg = await diffPicture(base, head, changes, { plain: true });
    return svg === null ? "" : await renderPng(svg);
  }
  if (format === "svg") return (await diffPicture(base, head, changes)) ?? "";
  if (format === "mermaid") return diffDiagram(base, head, changes).mermaid ?? "";
  return renderChanges(changes, format);
}

/** What the schema has that its committed documents have not. For a check in CI, so a difference is exit code 1. */
async function diffDocuments(input: CommandInput): Promise<CommandResult> {
  const opened = await input.project();
  const database = onlyDatabase(opened);
  const path = `${docsFolder(opened.config, database.settings.id)}/model.json`;
  const bytes = await opened.workspace.read(path);
  if (bytes === null) {
    const help = "Run querygenie doc first, or name what to compare with: querygenie diff <base> [<head>].";
    throw new ProblemError([usage(`diff without a base compares with ${path}, which is not there`, help)], 2);
  }
  const stored = readStoredModel(new TextDecoder().decode(bytes), path);
  if (!stored.value) throw new ProblemError(stored.problems, 2);
  const { model, problems } = await modelOf(opened, database);
  const changes = diffModels(stored.value, model);
  const result = await conclude(input, { base: stored.value, head: model, changes }, problems);
  return { ...result, exitCode: changes.length > 0 ? 1 : 0 };
}

/** What makes the committed schema, or that of `<base>`, the running one. */
async function diffLive(input: CommandInput, name: string): Promise<CommandResult> {
  const { positionals, globals, terminal } = input;
  const [base, ...more] = positionals;
  if (more.length > 0) {
    const help = "querygenie diff [<base>] --live NAME: a git revision, a folder or a file, or the working tree.";
    throw new ProblemError([usage("diff --live compares one state with a running database", help)], 2);
  }
  const opened = await sideOf(input, base);
  const database = databaseOf(opened, name);
  const {
    base: committed,
    head,
    changes,
    committedProblems,
    problems,
  } = await compareLive(opened, database, {
    connection: name,
    progress: terminal.progress,
    ...(globals.config === undefined ? {} : { configPath: globals.config }),
  });
  return conclude(input, { base: committed, head, changes }, [...committedProblems, ...problems]);
}

/** The database that the connection is of, else the only one. */
function databaseOf(opened: Project, connection: string): ProjectDatabase {
  const own = opened.databases.filter(({ settings }) => settings.connection === connection);
  return onlyDatabase(own.length === 1 ? { databases: own } : opened);
}

interface State {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
}

/** The model of one side: the working tree, a git revision, a folder or a file. */
async function stateOf(input: CommandInput, place: string | undefined): Promise<State> {
  const side = await sideOf(input, place);
  return modelOf(side, onlyDatabase(side));
}

async function sideOf({ project, globals }: CommandInput, place: string | undefined): Promise<Project> {
  const opened = await project();
  if (place === undefined) return opened;
  const found = await revisionWorkspace(opened.root, place);
  const sources = found.source === undefined ? globals.sources : [found.source];
  return await openProject(
    { ...opened, workspace: found.workspace, trust: notOnDisk },
    {
      flags: { sources, ...(globals.dialect ? { dialect: globals.dialect } : {}) },
      ...(globals.database === undefined ? {} : { database: globals.database }),
    },
  );
}
