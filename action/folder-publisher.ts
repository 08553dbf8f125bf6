import { readFileSync } from "node:fs";
import { lstat, mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Artifact } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { Published, Publisher } from "./publisher.ts";

/**
 * Publishes into a folder. New content is written beside every target first and moved into place at the end, so that a
 * full disk or a stop halfway leaves the old files as they were. Throws `ProblemError` (QG602) naming the path.
 */
export function folderPublisher(root: string): Publisher {
  return {
    async publish(artifacts, owned) {
      const plan = planPublish(root, artifacts, owned);
      const bytes = new Map(artifacts.map(({ path, content }) => [path, content]));
      const halves: string[] = [];
      try {
        for (const path of plan.written) {
          await assertInside(root, path);
          const half = join(root, `${path}.${process.pid}.new`);
          await mkdir(dirname(half), { recursive: true });
          halves.push(half);
          await writeFile(half, bytes.get(path) ?? "");
        }
        for (const path of plan.written) await rename(join(root, `${path}.${process.pid}.new`), join(root, path));
        for (const path of plan.removed) await removeFile(root, path);
      } catch (error) {
        await Promise.all(halves.map((half) => rm(half, { force: true })));
        throw error instanceof ProblemError ? error : cannotWrite(error);
      }
      return plan;
    },
  };
}

/** Writes nothing and says what would be done; what `build --check` uses. */
export function checkPublisher(root: string): Publisher {
  return { publish: (artifacts, owned) => Promise.resolve(planPublish(root, artifacts, owned)) };
}

/** What publishing would do to a folder. */
function planPublish(root: string, artifacts: readonly Artifact[], owned: readonly string[]): Published {
  const written: string[] = [];
  const unchanged: string[] = [];
  const isSame = comparer();
  for (const { path, content, inPlace } of artifacts) {
    if (inPlace !== undefined) {
      unchanged.push(path);
      continue;
    }
    const present = readOrNull(join(root, path));
    (present !== null && isSame(present, content) ? unchanged : written).push(path);
  }
  const made = new Set(artifacts.map(({ path }) => path));
  const removed: string[] = [];
  for (const path of owned) {
    if (!made.has(path) && readOrNull(join(root, path)) !== null) removed.push(path);
  }
  return { written: written.sort(), unchanged: unchanged.sort(), removed: removed.sort() };
}

/** A link in the tree may lead elsewhere; nothing is written or removed through one. */
async function assertInside(root: string, path: string): Promise<void> {
  const parts = path.split("/");
  let isSafe = parts.every((part) => part !== "" && part !== "." && part !== "..");
  for (let depth = 1; isSafe && depth <= parts.length; depth++) {
    const stat = await lstat(join(root, ...parts.slice(0, depth))).catch(() => null);
    if (stat === null) break;
    isSafe = !stat.isSymbolicLink();
  }
  if (isSafe) return;
  const message = `${path} was not written: a part of the path is a link or leaves the repository`;
  const help = "Remove the link, or set another folder under output.";
  throw new ProblemError([{ code: "QG602", severity: "error", message, help }], 2);
}

/** Removes a file and the folders that it leaves empty. */
async function removeFile(root: string, path: string): Promise<void> {
  await assertInside(root, path);
  await rm(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== "." && folder !== sep; folder = dirname(folder)) {
    const isRemoved = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}

/** Compares files with contents, in one buffer for all: a schema's files are tens of megabytes together. */
function comparer(): (present: Buffer, content: Artifact["content"]) => boolean {
  let room = Buffer.alloc(0);
  return (present, content) => {
    if (typeof content !== "string") return present.equals(content);
    if (Buffer.byteLength(content) !== present.length) return false;
    if (room.length < present.length) room = Buffer.allocUnsafeSlow(present.length * 2);
    room.write(content);
    return present.compare(room, 0, present.length) === 0;
  };
}

/** Thousands of small files are there as a rule; one at a time without a promise is several times as fast. */
function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function cannotWrite(error: unknown): ProblemError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ProblemError(
    [
      {
        code: "QG602",
        severity: "error",
        message: `The files could not be written: ${reason}`,
        help: "Nothing was changed.",
      },
    ],
    3,
    error,
  );
}
