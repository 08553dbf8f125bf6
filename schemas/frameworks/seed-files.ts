import { SEED_FILES_NAME, seedFilesSchema } from "../json/seed-files.ts";
import type { Workspace } from "../ports.ts";

/**
 * The paths that `seed --out` wrote into the workspace, by the lists that it left beside them. Numbered files of rows
 * look like migrations, and hold no schema.
 */
export async function seedPaths(workspace: Workspace, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const path of paths) {
    if (path !== SEED_FILES_NAME && !path.endsWith(`/${SEED_FILES_NAME}`)) continue;
    const bytes = await workspace.read(path);
    const folder = path.slice(0, -SEED_FILES_NAME.length);
    for (const name of bytes === null ? [] : seedFileNames(new TextDecoder().decode(bytes))) found.add(folder + name);
  }
  return found;
}

/** The names in a list; none when it is not one of ours. */
export function seedFileNames(text: string): readonly string[] {
  try {
    const read = seedFilesSchema.safeParse(JSON.parse(text));
    return read.success ? read.data.files : [];
  } catch {
    // Not JSON: somebody else's file of that name.
    return [];
  }
}
