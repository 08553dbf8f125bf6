import { generators } from "#generators/registry.ts";
import type { BuildOutput } from "#schemas/json/build-result.ts";
import { openAi } from "../ai/open-ai.ts";
import { stopOnInterrupt } from "../ai/stop-on-interrupt.ts";
import { checkPublisher, folderPublisher } from "../folder-publisher.ts";
import { runBuild, type BuildResult } from "../run-build.ts";
import { isChanged } from "../publisher.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Command } from "./command.ts";
import { liveFlag, liveOption } from "./live-option.ts";
import { usage } from "./read-arguments.ts";
import { ProblemError } from "#schemas/problem.ts";

export const build: Command = {
  name: "build",
  summary: "Write the documentation, diagrams and fixtures of every database.",
  usage: "",
  options: {
    only: { type: "string", value: "IDS", help: "Only these generators, separated by commas." },
    model: {
      type: "string",
      value: "MODEL",
      help: "Describe with this model: PROVIDER/MODEL, a provider, or offline for none.",
    },
    ...liveOption,
    check: { type: "boolean", help: "Write nothing; exit with 1 and name the files when any would change." },
  },
  examples: [
    ["querygenie build", "writes all files; a second run writes nothing"],
    ["querygenie build --check", "fails in CI when committed files are out of date"],
    ["querygenie build --only docs,erd", "leaves the fixtures as they are"],
    ["querygenie build --source 'db/*.sql' --dialect postgres", "works with no configuration file"],
    ["querygenie build --live production", "documents a running database that no file describes"],
  ],
  async run({ values, globals, terminal, project }) {
    const only = typeof values["only"] === "string" ? values["only"].split(",").map((id) => id.trim()) : undefined;
    const unknown = only?.filter((id) => !generators.some((generator) => generator.id === id)) ?? [];
    if (unknown.length > 0) {
      const known = generators.map(({ id }) => id).join(", ");
      throw new ProblemError([usage(`there is no generator "${unknown.join('", "')}"`, `Generators: ${known}.`)], 2);
    }
    const opened = await project(liveFlag(values, globals));
    const isCheck = values["check"] === true;
    const publisher = isCheck ? checkPublisher(opened.root) : folderPublisher(opened.root);
    const model = typeof values["model"] === "string" ? values["model"] : undefined;
    // A check changes nothing, so it buys nothing.
    const ai = isCheck || only ? undefined : await openAi(opened, { ...(model !== undefined && { model }) });
    const stop = ai?.router.chosen("describe-tables") ? stopOnInterrupt(terminal.say) : null;
    // A skipped build has no problems to count, so a strict one is never skipped.
    const result = await runBuild(opened, {
      publisher,
      generators,
      always: globals.strict,
      ...(only ? { only } : {}),
      ...(ai ? { ai } : {}),
      ...(stop ? { signal: stop.signal } : {}),
    }).finally(() => stop?.clear());
    if (globals.format === "json") terminal.result(JSON.stringify(buildJson(result), null, 2));
    else report(terminal, result, isCheck);
    return { exitCode: isCheck && isChanged(result.published) ? 1 : 0, problems: result.problems };
  },
};

/** The machine-readable result of a build. */
function buildJson({ published, databases, problems, upToDate, texts }: BuildResult): BuildOutput {
  return {
    version: 1,
    upToDate,
    written: published.written,
    removed: published.removed,
    unchanged: published.unchanged.length,
    databases: databases.map(({ id, read }) => ({
      id,
      complete: read.model.complete,
      engine: read.model.engine,
      files: read.files,
      statements: read.statements,
      tables: read.model.tables.length,
      views: read.model.views.length,
    })),
    ...(texts && { texts: { ...texts.counts, usage: texts.usage } }),
    problems,
  };
}

function report(terminal: Terminal, result: BuildResult, isCheck: boolean): void {
  const { published } = result;
  for (const database of result.databases) terminal.progress.finish(database.id, databaseLine(database));
  if (result.texts && (result.texts.usage.length > 0 || result.texts.counts.kept > 0))
    terminal.progress.finish("ai", textsLine(result.texts));
  if (isCheck) {
    for (const path of published.written) terminal.result(`would write   ${path}`);
    for (const path of published.removed) terminal.result(`would remove  ${path}`);
  }
  const verb = isCheck ? "out of date" : "written";
  const removed = published.removed.length > 0 ? `, ${published.removed.length} removed` : "";
  const line = result.upToDate
    ? `up to date, ${published.unchanged.length} files`
    : `${published.written.length} ${verb}${removed}, ${published.unchanged.length} unchanged`;
  terminal.progress.finish("files", line);
}

/** What models wrote and what that took, by provider. */
function textsLine({ counts, usage }: NonNullable<BuildResult["texts"]>): string {
  const parts = [
    `${counted(counts.kept, "object")} kept`,
    `${counts.written} written`,
    ...(counts.edited > 0 ? [`${counts.edited} edited by people`] : []),
    ...(counts.left > 0 ? [`${counts.left} offline`] : []),
  ];
  const calls = usage.map(({ provider, model, calls: made, failed, inputTokens, outputTokens, cost }) => {
    const price = cost === null ? "price unknown" : `$${cost.toFixed(4)}`;
    const tokens = (inputTokens + outputTokens).toLocaleString("en");
    return `${provider} ${model}: ${counted(made, "call")}${failed > 0 ? ` (${failed} failed)` : ""}, ${tokens} tokens, ${price}`;
  });
  return [parts.join(", "), ...(calls.length > 0 ? calls : ["0 calls"])].join(" · ");
}

function databaseLine({ read, queries }: BuildResult["databases"][number]): string {
  const { model, statements } = read;
  const indexes = model.tables.reduce((sum, table) => sum + table.indexes.length, 0);
  const failed = statements.failed > 0 ? ` · ${statements.failed} failed` : "";
  const parts = [
    counted(model.tables.length, "table"),
    counted(model.views.length, "view"),
    counted(indexes, "index", "indexes"),
    counted(model.routines.length, "function"),
    counted(queries, "saved query", "saved queries"),
  ];
  if (model.evidence === "live")
    return [`read from ${model.engine.name} ${model.engine.version}`, ...parts].join(" · ");
  const how = model.evidence === "rule" ? "read by rule" : "replayed";
  return `${counted(read.files, "file")} ${how}, ${statements.total} statements${failed} · ${parts.join(" · ")}`;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
