import { access, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Archives kept beside the newest one: those of other branches. */
const KEPT = 3;

/** Removes all but the newest archives whose names begin with `prefix`, each with the `.json` beside it. */
export async function removeOldArchives(folder: string, prefix: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith(".tar"));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((a, b) => b.time - a.time);
  const old = dated.slice(KEPT + 1).flatMap(({ name }) => [name, `${name}.json`]);
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
