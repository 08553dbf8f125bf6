import { openProject } from "#action/project.ts";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import type { Progress, Store } from "#schemas/ports.ts";
import type { MigrationFile } from "#schemas/source.ts";

const silent: Progress = { start: () => {}, step: () => {}, finish: () => {}, problem: () => {} };
const forgetful: Store = { get: () => Promise.resolve(null), set: () => Promise.resolve() };

/** The files of a folder in the order in which their framework applies them. */
export async function readFiles(root: string, sources: readonly string[]): Promise<readonly MigrationFile[]> {
  const world = {
    root,
    workspace: folderWorkspace(root),
    store: forgetful,
    cacheDir: root,
    progress: silent,
    clock: { now: () => new Date(0), elapsed: () => 0 },
  };
  const { databases } = await openProject(world, { flags: { sources } });
  return databases.flatMap(({ files }) => files);
}
