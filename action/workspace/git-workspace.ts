import { spawn } from "node:child_process";
import type { Workspace } from "#schemas/ports.ts";

export interface GitWorkspaceOptions {
  /** A folder of the repository; paths are relative to it. */
  readonly cwd: string;
  /** Commit, branch or tag. */
  readonly revision: string;
}

/** A revision that is not in the repository, or a folder that is none. `cause` holds what git said. */
export class GitError extends Error {
  constructor(message: string, cause: string) {
    super(message, { cause });
    this.name = "GitError";
  }
}

/**
 * A revision of a git repository, read without touching the working tree. Links are not followed: they are listed by no
 * one and read as no file. Throws a `GitError` when the revision does not exist.
 */
export async function gitWorkspace({ cwd, revision }: GitWorkspaceOptions): Promise<Workspace> {
  // `--end-of-options` keeps a revision such as `--output=x` from being read as an option.
  const commit = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  const listed = await git(cwd, ["ls-tree", "-r", "-z", commit.toString("utf8").trim()]);
  const blobs = new Map(listed.toString("utf8").split("\0").flatMap(blobOf));
  const paths = [...blobs.keys()].sort();
  const reader = batchReader(cwd);
  return {
    list: async (folder = "") => (folder === "" ? paths : paths.filter((path) => path.startsWith(`${folder}/`))),
    read: async (path) => {
      const id = blobs.get(path);
      return id === undefined ? null : reader(id);
    },
    exists: async (path) => blobs.has(path),
  };
}

/** `<mode> blob <id>\t<path>`. Mode 120000 is a link, 160000 a submodule: neither is a file of this tree. */
function blobOf(line: string): readonly (readonly [string, string])[] {
  const match = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line);
  const [, id = "", path = ""] = match ?? [];
  return match && !path.split("/").includes("node_modules") ? [[path, id]] : [];
}

type Waiting = {
  readonly id: string;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
};

/** Reads blobs, those asked for in one turn of the event loop with one process. */
function batchReader(cwd: string): (id: string) => Promise<Uint8Array> {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    readBlobs(cwd, batch).catch((error: unknown) => {
      for (const one of batch) one.reject(error);
    });
  };
  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ id, resolve, reject });
    });
}

async function readBlobs(cwd: string, batch: readonly Waiting[]): Promise<void> {
  const output = await git(cwd, ["cat-file", "--batch"], batch.map((one) => `${one.id}\n`).join(""));
  let at = 0;
  for (const one of batch) {
    const end = output.indexOf(0x0a, at);
    const header = output.toString("latin1", at, end);
    const size = Number(/ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    if (!Number.isInteger(size)) throw new GitError(`git could not read the object ${one.id}`, header);
    at = end + 1 + size + 1;
    one.resolve(Uint8Array.from(output.subarray(end + 1, end + 1 + size)));
  }
}

function git(cwd: string, args: readonly string[], input = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd, env: plainEnvironment(), stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.on("error", (error) => reject(new GitError("git could not be started", error.message)));
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new GitError(`git ${args[0] ?? ""} failed for ${args.at(-1) ?? ""}`, said.trim()));
    });
    // A process that ends early closes its input; its exit code tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Inside a git hook these name the hook's repository, and would win over `cwd`. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = process.env;
  return rest;
}
