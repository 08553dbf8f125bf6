import { closest } from "../closest.ts";
import type { FileListing } from "./listing.ts";

/** The folder or script a person most likely meant, in quotes and with what it holds; null when none is near. */
export function suggestPath(path: string, listing: FileListing): string | null {
  const counts = new Map<string, number>();
  for (const script of listing.paths) {
    if (!/\.(?:pg)?sql$/i.test(script)) continue;
    counts.set(script, 1);
    const parts = script.split("/");
    // A folder counts the scripts directly in it or one level deeper, as Prisma keeps them.
    for (const depth of [parts.length - 1, parts.length - 2]) {
      const folder = parts.slice(0, depth).join("/");
      if (depth > 0) counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  const near = closest(path, counts.keys()) ?? sameName(path, counts.keys());
  if (near === null) return null;
  const count = counts.get(near) ?? 0;
  const plural = count === 1 ? "file" : "files";
  return listing.hasFile(near) ? `"${near}"` : `"${near}" (${count} .sql ${plural})`;
}

/** A path that was written from another folder ends in the same name. */
function sameName(path: string, candidates: Iterable<string>): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  for (const candidate of candidates) if (candidate.endsWith(`/${name}`)) return candidate;
  return null;
}
