import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const identity = {
  GIT_AUTHOR_NAME: "Shop",
  GIT_AUTHOR_EMAIL: "shop@example.com",
  GIT_COMMITTER_NAME: "Shop",
  GIT_COMMITTER_EMAIL: "shop@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

export interface FileChanges {
  /** Text by path; null removes the file. */
  readonly [path: string]: string | Buffer | null;
}

export interface CommitOptions {
  readonly parents: readonly string[];
  readonly message: string;
  readonly changes: FileChanges;
  /** Tree to start from. Default: that of the first parent. */
  readonly from?: string;
}

export interface ChangedFile {
  readonly filename: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  readonly patch?: string;
  readonly previous_filename?: string;
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
}

/** A real bare git repository: what GitHub keeps behind its API. */
export interface BareRepository {
  readonly path: string;
  git(
    args: readonly string[],
    options?: { readonly input?: string | Buffer; readonly env?: NodeJS.ProcessEnv },
  ): string;
  /** Commit of a ref or a revision; null when there is none. */
  resolve(revision: string): string | null;
  commit(options: CommitOptions): string;
  setRef(ref: string, sha: string): void;
  /** Files that differ between the merge base and the head, with the patches that the API gives. */
  changedFiles(base: string, head: string): readonly ChangedFile[];
  read(revision: string, path: string): string | null;
}

export function bareRepository(path: string): BareRepository {
  const git: BareRepository["git"] = (args, { input, env } = {}) =>
    execFileSync("git", [...args], {
      cwd: path,
      env: { PATH: process.env["PATH"], HOME: path, ...identity, ...env },
      maxBuffer: 2 ** 28,
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    }).toString("utf8");
  const quietly = (args: readonly string[]): string | null => {
    try {
      return git(args);
    } catch {
      return null;
    }
  };
  return {
    path,
    git,
    resolve: (revision) => quietly(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`])?.trim() ?? null,
    commit: ({ parents, message, changes, from }) => {
      const folder = mkdtempSync(join(tmpdir(), "fake-github-index-"));
      const env = { GIT_INDEX_FILE: join(folder, "index") };
      try {
        const tree = from ?? parents[0];
        if (tree !== undefined) git(["read-tree", tree], { env });
        const lines = Object.entries(changes).map(([name, content]) =>
          content === null
            ? `0 ${"0".repeat(40)}\t${name}\0`
            : `100644 ${git(["hash-object", "-w", "--stdin"], { input: content }).trim()}\t${name}\0`,
        );
        if (lines.length > 0) git(["update-index", "-z", "--index-info"], { env, input: lines.join("") });
        const root = git(["write-tree"], { env }).trim();
        const words = parents.flatMap((parent) => ["-p", parent]);
        return git(["commit-tree", root, ...words], { input: message }).trim();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    setRef: (ref, sha) => void git(["update-ref", ref, sha]),
    changedFiles: (base, head) => {
      const from = git(["merge-base", base, head]).trim();
      const listed = git(["diff", "--name-status", "-M", "-z", from, head]).split("\0").filter(Boolean);
      const files: ChangedFile[] = [];
      for (let at = 0; at < listed.length;) {
        const letter = listed[at++]?.charAt(0);
        const first = listed[at++] ?? "";
        const filename = letter === "R" ? (listed[at++] ?? "") : first;
        const names = letter === "R" ? [first, filename] : [filename];
        const text = git(["diff", "-M", from, head, "--", ...names]);
        const start = text.search(/^@@ /m);
        const lines = text.slice(start).split("\n");
        files.push({
          filename,
          status: ({ A: "added", D: "removed", R: "renamed" } as const)[letter ?? ""] ?? "modified",
          sha: quietly(["rev-parse", `${head}:${filename}`])?.trim() ?? "0".repeat(40),
          additions: lines.filter((line) => line.startsWith("+")).length,
          deletions: lines.filter((line) => line.startsWith("-")).length,
          ...(start < 0 ? {} : { patch: text.slice(start).replace(/\n$/, "") }),
          ...(letter === "R" ? { previous_filename: first } : {}),
        });
      }
      return files;
    },
    read: (revision, name) => quietly(["cat-file", "blob", `${revision}:${name}`]),
  };
}

/** A new empty repository below a folder, as `git http-backend` serves it. */
export function createBareRepository(path: string): BareRepository {
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", path]);
  const repository = bareRepository(path);
  for (const key of ["http.receivepack", "uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"]) {
    repository.git(["config", key, "true"]);
  }
  return repository;
}

/** Lines of the new side that a comment may stand on: those that a patch shows and keeps. */
export function commentableLines(patch: string | undefined): ReadonlySet<number> {
  const lines = new Set<number>();
  let next = 0;
  for (const line of (patch ?? "").split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) next = Number(hunk[1]);
    else if (line.startsWith("+") || line.startsWith(" ")) lines.add(next++);
  }
  return lines;
}
