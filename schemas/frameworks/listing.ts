import { decodeText } from "../languages/decode.ts";
import type { Workspace } from "../ports.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { SourceFile } from "../source.ts";
import { seedPaths } from "./seed-files.ts";

/** A workspace's files arranged by folder. The root is the folder "". */
export interface FileListing {
  /** All paths, sorted. */
  readonly paths: readonly string[];
  readonly folders: readonly string[];
  /** Names of the files directly in the folder. */
  filesIn(folder: string): readonly string[];
  /** Names of the folders directly in the folder. */
  foldersIn(folder: string): readonly string[];
  hasFile(path: string): boolean;
  hasFolder(path: string): boolean;
  /** The decoded file, or null with the problem that says why. */
  read(path: string): Promise<WithProblems<SourceFile | null>>;
}

export interface ListingLimits {
  /** Files larger than this are not read. */
  readonly fileMegabytes: number;
}

/** All files but those that `seed` wrote. */
export async function listFiles(workspace: Workspace, limits: ListingLimits): Promise<FileListing> {
  const all = await workspace.list();
  const seeds = await seedPaths(workspace, all);
  const paths = seeds.size === 0 ? all : all.filter((path) => !seeds.has(path));
  const tree = new Map<string, { files: string[]; folders: Set<string> }>();
  const entry = (folder: string): { files: string[]; folders: Set<string> } => {
    const known = tree.get(folder);
    if (known) return known;
    const made = { files: [], folders: new Set<string>() };
    tree.set(folder, made);
    if (folder !== "") entry(folderOf(folder)).folders.add(nameOf(folder));
    return made;
  };
  entry("");
  for (const path of paths) entry(folderOf(path)).files.push(nameOf(path));
  const known = new Set(paths);
  return {
    paths,
    folders: [...tree.keys()].sort(),
    filesIn: (folder) => tree.get(folder)?.files ?? [],
    foldersIn: (folder) => [...(tree.get(folder)?.folders ?? [])].sort(),
    hasFile: (path) => known.has(path),
    hasFolder: (path) => tree.has(path),
    read: async (path) => readDecoded(workspace, path, limits),
  };
}

async function readDecoded(
  workspace: Workspace,
  path: string,
  limits: ListingLimits,
): Promise<WithProblems<SourceFile | null>> {
  const bytes = await workspace.read(path);
  if (!bytes) return { value: null, problems: [] };
  if (bytes.length > limits.fileMegabytes * 1024 * 1024) {
    return { value: null, problems: [tooLarge(path, bytes.length, limits)] };
  }
  const { value, problems } = decodeText(bytes, path);
  return { value: value === null ? null : { path, text: value }, problems };
}

function tooLarge(path: string, size: number, limits: ListingLimits): Problem {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return {
    code: "QG214",
    severity: "error",
    message: `${path} has ${megabytes} MB, more than the limit of ${limits.fileMegabytes} MB, and was not read`,
    help: "Raise limits.fileMegabytes, or dump the schema without its data (pg_dump --schema-only).",
    origin: { file: path, line: 1, column: 1 },
    makesIncomplete: true,
  };
}

export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Whether a path is the folder or lies below it; `""` is the root, which holds everything. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
