import { slug } from "../site-data/routes.ts";
import { GUIDE_FILES } from "./guide.ts";

/** Pages of the site itself below `guides/`. */
const TAKEN = ["guides/", GUIDE_FILES, "guides/reading-this-site/", "guides/using-the-playground/"];

/** The page of each guide by its file: folders that only say "documentation" fall away, an index stands for its folder. */
export function guidePaths(files: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(TAKEN);
  const paths = new Map<string, string>();
  for (const file of files.toSorted()) {
    const parts = file.replace(/\.(?:md|markdown)$/i, "").split("/");
    while (parts.length > 1 && /^(?:docs?|guides?)$/i.test(parts[0] ?? "")) parts.shift();
    if (parts.length > 1 && /^(?:index|readme)$/i.test(parts.at(-1) ?? "")) parts.pop();
    const plain = `guides/${parts.map(slug).join("/")}`;
    let path = `${plain}/`;
    for (let number = 2; taken.has(path); number += 1) path = `${plain}-${number}/`;
    taken.add(path);
    paths.set(file, path);
  }
  return paths;
}
