import { parseConfigOver } from "./load.ts";
import { parseTbls } from "./tbls.ts";
import type { ConfigText, LoadedConfig } from "./load.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { TblsConfig } from "./tbls.ts";
import type { Workspace } from "../ports.ts";

/** Where the configuration may lie; the first that exists is used. */
export const configPaths = ["querygenie.yml", ".querygenie.yml", ".github/querygenie.yml"] as const;
export const tblsPaths = [".tbls.yml", "tbls.yml", ".tbls.yaml", "tbls.yaml"] as const;

export interface FoundConfig {
  readonly loaded: LoadedConfig | null;
  readonly tbls: TblsConfig | null;
}

/**
 * Finds and reads the configuration of a repository, over its owner's `defaults`. No file is no problem; `path` names one
 * that must exist.
 */
export async function findConfig(
  workspace: Workspace,
  path?: string,
  defaults: ConfigText | null = null,
): Promise<WithProblems<FoundConfig>> {
  const own = await firstText(workspace, path === undefined ? configPaths : [path]);
  const theirs = await firstText(workspace, tblsPaths);
  if (path !== undefined && !own) return { value: { loaded: null, tbls: null }, problems: [missing(path)] };
  const loaded = own || defaults ? parseConfigOver(own, defaults) : null;
  const tbls = theirs && parseTbls(theirs.text, theirs.path);
  return {
    value: { loaded: loaded?.value ?? null, tbls: tbls?.value ?? null },
    problems: [...(loaded?.problems ?? []), ...(tbls?.problems ?? [])],
  };
}

async function firstText(workspace: Workspace, paths: readonly string[]): Promise<ConfigText | null> {
  for (const path of paths) {
    const bytes = await workspace.read(path);
    if (bytes) return { path, text: new TextDecoder().decode(bytes) };
  }
  return null;
}

function missing(path: string): Problem {
  return {
    code: "QG113",
    severity: "error",
    message: `the configuration file ${JSON.stringify(path)} does not exist`,
    help: `Leave --config out to use the first of ${configPaths.join(", ")}, or run querygenie init.`,
  };
}
