import { access } from "node:fs/promises";
import { join } from "node:path";
import { Document } from "yaml";
import { detectSources, type DetectedSource } from "#schemas/frameworks/detect-sources.ts";
import { listFiles } from "#schemas/frameworks/listing.ts";
import type { Artifact } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { folderPublisher } from "../folder-publisher.ts";
import { projectWorld } from "../project-world.ts";
import type { Command } from "./command.ts";
import { defaultBranch } from "../workspace/default-branch.ts";
import { workflowText } from "./workflow-text.ts";

const CONFIG = "querygenie.yml";
const WORKFLOW = ".github/workflows/querygenie.yml";

export const init: Command = {
  name: "init",
  summary: "Find the schema and write a configuration and a workflow.",
  usage: "",
  options: { force: { type: "boolean", help: "Overwrite files that are there already." } },
  examples: [
    ["querygenie init", "writes querygenie.yml and .github/workflows/querygenie.yml"],
    ["querygenie init --force", "writes them anew"],
  ],
  async run({ values, globals, terminal }) {
    const world = await projectWorld(globals, terminal.progress);
    const listing = await listFiles(world.workspace, { fileMegabytes: 64 });
    const { value: detected, problems } = await detectSources({ listing, engine: globals.dialect });
    if (detected.length === 0) throw new ProblemError(problems, 2);
    const files: Artifact[] = [
      { path: CONFIG, content: configText(detected), generator: "init" },
      { path: WORKFLOW, content: workflowText(await defaultBranch(world.root)), generator: "init" },
    ];
    const kept: string[] = [];
    const fresh: Artifact[] = [];
    for (const file of files) {
      const isThere = await access(join(world.root, file.path)).then(
        () => true,
        () => false,
      );
      if (isThere && values["force"] !== true) kept.push(file.path);
      else fresh.push(file);
    }
    await folderPublisher(world.root).publish(fresh, []);
    for (const source of detected)
      terminal.say(`  found   ${source.path || "."} (${source.framework}, ${source.files} files): ${source.why}`);
    for (const { path } of fresh) terminal.result(`wrote   ${path}`);
    for (const path of kept) terminal.result(`kept    ${path} (it exists; --force overwrites it)`);
    terminal.say("Next: querygenie build");
    return { exitCode: 0, problems };
  },
};

/** The configuration as a person would begin it. */
function configText(detected: readonly DetectedSource[]): string {
  const document = new Document({
    version: 1,
    databases: detected.map(({ id, path, framework, engine }) => ({
      id,
      dialect: engine,
      sources: [{ path: path || ".", framework }],
    })),
  });
  document.commentBefore = " Every key: docs/reference/config.md of QueryGenie, or the JSON Schema in your editor.";
  return document.toString();
}
