import { spawn } from "node:child_process";
import { ProblemError } from "#schemas/problem.ts";
import { plainEnvironment } from "../workspace/git-process.ts";
import type { CommitMessage, CommitOutcome } from "./commit-files.ts";
import type { FileSet } from "./file-set.ts";
import type { Repository } from "./pull-request-state.ts";

/** A local clone to commit in, and the server to push to. */
export interface PushTarget {
  readonly cwd: string;
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string;
  readonly token: string;
  readonly repository: Repository;
  readonly dryRun?: (call: string) => void;
}

export interface Push {
  readonly branch: string;
  /** Parent of the commit. */
  readonly head: string;
  readonly message: CommitMessage;
  readonly files: FileSet;
  /** Replaces what the branch holds. */
  readonly force: boolean;
}

/** Where the commit lies in the clone until it is pushed. */
const OWN_REF = "refs/querygenie/push";

/** Who commits: the bot of GitHub Actions, as its commits by the API do. */
const BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>";

/** Makes a commit without touching the working tree and pushes it. It is not signed. Throws `ProblemError`. */
export async function pushFiles(target: PushTarget, push: Push): Promise<CommitOutcome | { readonly kind: "moved" }> {
  const { branch, head, files, force } = push;
  const count = files.additions.length + files.deletions.length;
  if (target.dryRun) {
    target.dryRun(`git push to ${branch}: ${count} files\n${files.additions.map(({ path }) => path).join("\n")}`);
    return { kind: "committed", sha: "", files: count, by: "git" };
  }
  await fetchCommit(target, head);
  await git(target, ["fast-import", "--force", "--quiet", "--date-format=now"], importStream(push));
  const sha = (await git(target, ["rev-parse", OWN_REF])).out.trim();
  const refspec = `${force ? "+" : ""}${OWN_REF}:refs/heads/${branch}`;
  const { code, out, said } = await git(target, ["push", "--porcelain", "--", remoteUrl(target), refspec], "", true);
  if (code === 0) return { kind: "committed", sha, files: count, by: "git" };
  // `--porcelain` is git's form for programs: flag, refs, and "[rejected]" of its own or "[remote rejected]".
  const refused = out.split("\n").find((line) => line.startsWith("!"));
  if (refused?.includes("\t[rejected]")) return { kind: "moved" };
  if (refused?.includes("\t[remote rejected]")) return { kind: "protected", why: lastLines(said) };
  throw new ProblemError([cannotPush(branch, said)], 3);
}

/** Brings a commit into a clone that may be shallow. Throws `ProblemError` (QG812). */
export async function fetchCommit(target: Omit<PushTarget, "dryRun">, commit: string): Promise<void> {
  const present = await git(target, ["cat-file", "-e", `${commit}^{commit}`], "", true);
  if (present.code === 0) return;
  const words = ["fetch", "--quiet", "--no-tags", "--depth=1", "--", remoteUrl(target), commit];
  const { code, said } = await git(target, words, "", true);
  if (code === 0) return;
  const message = `the commit ${commit.slice(0, 12)} is not in the checkout and could not be fetched`;
  const help = `Check out with fetch-depth: 0. git said: ${lastLines(said)}`;
  throw new ProblemError([{ code: "QG812", severity: "error", message, help }], 3);
}

const remoteUrl = ({ serverUrl, repository }: Pick<PushTarget, "serverUrl" | "repository">): string =>
  `${serverUrl}/${repository.owner}/${repository.name}.git`;

/** The commit as git's import format has it: no file of the working tree is read. */
function importStream({ head, message, files }: Push): Buffer {
  const text = Buffer.from(`${message.headline}\n\n${message.body}\n`);
  const parts: (string | Uint8Array)[] = [
    `commit ${OWN_REF}\ncommitter ${BOT} now\ndata ${text.byteLength}\n`,
    text,
    `\nfrom ${head}\n`,
  ];
  for (const path of files.deletions) parts.push(`D ${quoted(path)}\n`);
  for (const { path, content } of files.additions) {
    parts.push(`M 100644 inline ${quoted(path)}\ndata ${content.byteLength}\n`, content, "\n");
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

/** A path as git's import format quotes it. */
const quoted = (path: string): string =>
  `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

interface GitRun {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

async function git(
  { cwd, serverUrl, token }: Pick<PushTarget, "cwd" | "serverUrl" | "token">,
  words: readonly string[],
  input: string | Buffer = "",
  mayFail = false,
): Promise<GitRun> {
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  const child = spawn("git", words, {
    cwd,
    // Neither in the arguments nor on disk, where others could read it.
    env: {
      ...plainEnvironment(),
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
      GIT_CONFIG_VALUE_0: "",
      GIT_CONFIG_KEY_1: `http.${serverUrl}/.extraheader`,
      GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${credentials}`,
      GIT_CONFIG_KEY_2: "core.hooksPath",
      GIT_CONFIG_VALUE_2: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  // A process that ends early closes its input; its exit code tells why.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const run = { code, out: Buffer.concat(out).toString("utf8"), said: Buffer.concat(said).toString("utf8") };
  if (code !== 0 && !mayFail) throw new ProblemError([cannotPush(words[0] ?? "", run.said)], 3);
  return run;
}

const lastLines = (text: string): string => text.trim().split("\n").slice(-4).join(" · ").slice(0, 300);

function cannotPush(what: string, said: string) {
  return {
    code: "QG819",
    severity: "warning",
    message: `git could not push (${what}): ${lastLines(said)}`,
    help: "The job needs the permission contents: write and a checkout with git on the path.",
  } as const;
}
