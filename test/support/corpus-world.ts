import { join } from "node:path";
import type { ProjectWorld } from "#action/project.ts";
import { folderWorkspace } from "#action/workspace/folder-workspace.ts";
import { testCacheDir } from "./cache-dir.ts";
import { corpusFolder } from "./corpus.ts";
import { memoryStore } from "./memory-store.ts";
import { silentProgress } from "./silent-progress.ts";

/** A folder of the real repositories as the world of a project; nothing of it is written. */
export function corpusWorld(folder: string): ProjectWorld {
  const root = join(corpusFolder, folder);
  return {
    root,
    workspace: folderWorkspace(root),
    store: memoryStore(),
    cacheDir: testCacheDir,
    progress: silentProgress,
    clock: { now: () => new Date(0), elapsed: () => 0 },
  };
}
