import { readdirSync, readFileSync } from "node:fs";

const MEGABYTE = 1024 * 1024;
const PAGE = 4096;

/**
 * Memory of a process and all that it started, in MB: the sum of what each holds, so that pages they share count twice.
 * Null where the system has no /proc.
 */
export function treeMegabytes(root: number): number | null {
  const parents = new Map<number, number>();
  try {
    for (const name of readdirSync("/proc")) {
      const id = Number(name);
      if (Number.isInteger(id)) parents.set(id, parentOf(id));
    }
  } catch {
    return null;
  }
  let bytes = 0;
  for (const id of parents.keys()) if (isBelow(id, root, parents)) bytes += residentBytes(id);
  return bytes / MEGABYTE;
}

function isBelow(id: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = id; at !== undefined && at > 0; at = parents.get(at)) if (at === root) return true;
  return false;
}

/** A process may end while it is looked at; then it has no parent and no memory. */
function parentOf(id: number): number {
  const line = readQuietly(`/proc/${id}/stat`);
  // The second field is the program's name in parentheses, which may hold anything.
  return Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[1] ?? 0);
}

const residentBytes = (id: number): number => Number(readQuietly(`/proc/${id}/statm`).split(" ")[1] ?? 0) * PAGE;

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
