import { folderOf, nameOf } from "./listing.ts";
import type { FileListing } from "./listing.ts";

/** The same tree with only the files that a glob keeps. */
export function narrowListing(listing: FileListing, keeps: (path: string) => boolean): FileListing {
  const paths = listing.paths.filter(keeps);
  const known = new Set(paths);
  const folders = new Set<string>([""]);
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.add(folder);
  }
  return {
    paths,
    folders: [...folders].sort(),
    filesIn: (folder) => paths.filter((path) => folderOf(path) === folder).map(nameOf),
    foldersIn: (folder) =>
      [...folders]
        .filter((path) => path !== "" && folderOf(path) === folder)
        .map(nameOf)
        .sort(),
    hasFile: (path) => known.has(path),
    hasFolder: (path) => folders.has(path),
    // Companions such as a lock file or a .conf are read even when the glob names the scripts only.
    read: (path) => listing.read(path),
  };
}
