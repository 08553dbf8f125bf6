import { spawn } from "node:child_process";

/** A revision that is not in the repository, or a folder that is none. `cause` holds what git said. */
export class GitError extends Error {
  constructor(message: string, cause: string) {
    super(message, { cause });
    this.name = "GitError";
  }
}

/** Runs one git command and returns what it printed. Throws a `GitError`. */
export function git(cwd: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd, env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.on("error", (error) => reject(new GitError("git could not be started", error.message)));
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new GitError(`git ${args[0] ?? ""} failed for ${args.at(-1) ?? ""}`, said.trim()));
    });
  });
}

/** Inside a git hook these name the hook's repository, and would win over `cwd`. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = process.env;
  return rest;
}
