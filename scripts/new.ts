/** `npm run new -- rule set-xyz`: the first files of a new part, and its line in the registry. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { kinds } from "./new-files.ts";
import { writeRegistries } from "./registries.ts";

export interface NewPart {
  readonly kind: string;
  readonly id: string;
  /** Folder of the repository. */
  readonly root: string;
}

/** Writes the files and refreshes the registries; gives the files, or says what is wrong with the request. */
export async function writeNew({ kind, id, root }: NewPart): Promise<{ written: string[] } | { wrong: string }> {
  const filesOf = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!filesOf) return { wrong: `There is no "${kind}" to add; there are ${Object.keys(kinds).join(", ")}.` };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    return { wrong: `"${id}" cannot be a file's name; take small letters, digits and hyphens, such as set-not-null.` };
  }
  const files = Object.entries(filesOf(id));
  const taken = files.find(([path]) => existsSync(join(root, path)));
  if (taken) return { wrong: `${taken[0]} is there already.` };
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await writeRegistries(root);
  return { written: files.map(([path]) => path) };
}

if (import.meta.main) {
  const [kind = "", id = ""] = process.argv.slice(2);
  const result = await writeNew({ kind, id, root: join(import.meta.dirname, "..") });
  if ("wrong" in result) {
    console.error(`${result.wrong}\nUsage: npm run new -- ${Object.keys(kinds).join("|")} <name>`);
    process.exitCode = 2;
  } else {
    for (const path of result.written) console.log(`wrote ${path}`);
    console.log("The tests of its folder say what is left to write.");
  }
}
