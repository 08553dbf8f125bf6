import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CODE_OWNERS_PLACES, readCodeOwners, type CodeOwners } from "#generators/site-data/code-owners.ts";
import { git, GitError } from "../workspace/git-process.ts";

/**
 * Who owns the files of a folder, by the CODEOWNERS of its repository: paths are relative to the folder. Without git the
 * folder counts as the repository. Null when there is no such file.
 */
export async function findOwners(root: string): Promise<CodeOwners | null> {
  const { top, prefix } = await repositoryOf(root);
  for (const place of CODE_OWNERS_PLACES) {
    const content = await readFile(join(top, place), "utf8").catch(() => null);
    if (content === null) continue;
    const owners = readCodeOwners(content);
    return { of: (path) => owners.of(`${prefix}${path}`) };
  }
  return null;
}

async function repositoryOf(root: string): Promise<{ readonly top: string; readonly prefix: string }> {
  try {
    const printed = await git(root, ["rev-parse", "--show-toplevel", "--show-prefix"]);
    const [top = root, prefix = ""] = printed.toString("utf8").split("\n");
    return { top, prefix };
  } catch (error) {
    if (error instanceof GitError) return { top: root, prefix: "" };
    throw error;
  }
}
