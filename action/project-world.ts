import { mkdir, stat } from "node:fs/promises";
import type { Progress, Store } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { cacheFolder, folderStore } from "./cache/folder-store.ts";
import { environmentOf } from "./environment-of.ts";
import type { GlobalOptions } from "./commands/global-options.ts";
import { eventTrust } from "./event-trust.ts";
import type { ProjectWorld } from "./project.ts";
import { readEvent } from "./read-event.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { folderWorkspace } from "./workspace/folder-workspace.ts";

const MEGABYTE = 1024 * 1024;

/** The world of this process around one repository folder. */
export async function projectWorld({ cwd }: Pick<GlobalOptions, "cwd">, progress: Progress): Promise<ProjectWorld> {
  const environment = environmentOf(process.env);
  const isFolder = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new ProblemError(
      [
        {
          code: "QG113",
          severity: "error",
          message: `the folder ${cwd} does not exist`,
          help: "--cwd names an existing folder.",
        },
      ],
      2,
    );
  }
  const cacheDir = cacheFolder(process.env);
  await mkdir(cacheDir, { recursive: true });
  return {
    root: cwd,
    workspace: folderWorkspace(cwd),
    store: saltedStore(folderStore({ folder: cacheDir, maxBytes: environment.QUERYGENIE_CACHE_MEGABYTES * MEGABYTE })),
    cacheDir,
    progress,
    trust: eventTrust(cwd, await readEvent(process.env)),
    clock: { now: () => new Date(), elapsed: () => performance.now() },
  };
}

/** What another version of the tool kept may be what this one would not make. */
function saltedStore(store: Store): Store {
  const salted = (key: string): string => `${toolFingerprint()} ${key}`;
  return { get: (key) => store.get(salted(key)), set: (key, value) => store.set(salted(key), value) };
}
