import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { actionReportSchema } from "#schemas/json/action-report.ts";
import { safeWords, type Git } from "./checkout.ts";
import { runProcess, type ProcessResult } from "./run-process.ts";

/** Where a job works and as whom. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  /** Token of the installation, for this repository alone. */
  readonly token: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** Folder of the caches that jobs share. */
  readonly cacheDir: string;
  /** Text of the owner's configuration, which holds where the repository's own says nothing; null for none. */
  readonly defaults: string | null;
  /** Keys of models, for the action alone. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What the action says at the end of a run. */
export interface ActionResult {
  /** 0 fine, 1 findings, 2 nothing to read or a wrong configuration, 3 could not work; null when its time was up. */
  readonly code: number | null;
  /** Markdown of the run's page. */
  readonly summary: string;
  readonly reportPath: string;
  /** Whether a finding has a safe form. */
  readonly hasFixes: boolean;
}

export interface ActionRequest {
  readonly event: string;
  readonly payload: unknown;
  readonly ref: string;
  readonly sha: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Whether the run is given the keys of models. Default false. */
  readonly hasKeys?: boolean;
}

/** A folder of its own with a checkout, in which the action and the terminal's commands run as they do elsewhere. */
export interface Workplace {
  /** The checkout. */
  readonly folder: string;
  readonly git: Git;
  readonly url: string;
  readonly action: (request: ActionRequest) => Promise<ActionResult>;
  /** A command of the terminal, such as `["explain", "-"]`. */
  readonly command: (words: readonly string[], input?: string) => Promise<ProcessResult>;
  /** A file of the checkout; null when there is none. */
  readonly read: (path: string) => Promise<string | null>;
  /** Writes a file of the checkout over what is there. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A replay of a thousand migrations takes two minutes. */
const ACTION_MS = 15 * 60_000;
const COMMAND_MS = 2 * 60_000;
const GIT_MS = 5 * 60_000;

/** Makes the folder; the caller closes it. Code of the checkout is never run: it is a stranger's. */
export async function openWorkplace(place: Place): Promise<Workplace> {
  const { owner, repo, token, serverUrl, apiUrl, cacheDir, defaults, keys = {}, signal } = place;
  const folder = await mkdtemp(join(tmpdir(), "querygenie-app-"));
  const checkout = join(folder, "checkout");
  await mkdir(checkout);
  await mkdir(cacheDir, { recursive: true });
  const plain = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    TMPDIR: folder,
    LANG: "C.UTF-8",
    ...passed(process.env, ["NODE_EXTRA_CA_CERTS", "HTTPS_PROXY", "NO_PROXY"]),
    // What cannot answer must not ask.
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_LFS_SKIP_SMUDGE: "1",
    ...identity,
  };
  // Beside the checkout: no file of the repository can stand in its place.
  const defaultsFile = join(folder, "defaults.yml");
  if (defaults !== null) await writeFile(defaultsFile, defaults);
  const program = {
    ...plain,
    QUERYGENIE_CACHE_DIR: cacheDir,
    QUERYGENIE_TRUSTED: "false",
    CI: "true",
    ...(defaults === null ? {} : { QUERYGENIE_DEFAULTS: defaultsFile }),
  };
  const signed = { ...plain, ...credentials(serverUrl, token) };
  let runs = 0;

  async function action({
    event,
    payload,
    ref,
    sha,
    inputs = {},
    hasKeys = false,
  }: ActionRequest): Promise<ActionResult> {
    const own = join(folder, `run-${++runs}`);
    await mkdir(own);
    const summary = join(own, "summary.md");
    const eventFile = join(own, "event.json");
    await writeFile(summary, "");
    await writeFile(join(own, "output"), "");
    await writeFile(eventFile, JSON.stringify(payload));
    const named = { "github-token": token, ...inputs };
    const { code } = await runProcess({
      program: process.execPath,
      args: [programPath("main")],
      cwd: checkout,
      env: {
        ...program,
        ...(hasKeys ? keys : {}),
        GITHUB_ACTIONS: "true",
        GITHUB_ACTION: "app",
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: eventFile,
        GITHUB_REPOSITORY: `${owner}/${repo}`,
        GITHUB_REF: ref,
        GITHUB_SHA: sha,
        GITHUB_WORKSPACE: checkout,
        GITHUB_SERVER_URL: serverUrl,
        GITHUB_API_URL: apiUrl,
        GITHUB_OUTPUT: join(own, "output"),
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: own,
        ...Object.fromEntries(Object.entries(named).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      },
      timeoutMs: ACTION_MS,
      signal,
    });
    const reportPath = join(own, "querygenie", "app", "report.json");
    return { code, summary: await readFile(summary, "utf8"), reportPath, hasFixes: await hasFixes(reportPath) };
  }

  return {
    folder: checkout,
    read: (path) => readIfThere(join(checkout, path)),
    async write(path, text) {
      const whole = resolve(checkout, path);
      // The paths of a review are its own; a stranger's file is read to make it.
      if (!whole.startsWith(checkout + sep)) throw new Error("A path leads out of the checkout.");
      await writeFile(whole, text);
    },
    url: `${serverUrl}/${owner}/${repo}.git`,
    action,
    git: (words, input = "") =>
      runProcess({
        program: "git",
        args: safeWords(words),
        cwd: checkout,
        env: signed,
        input,
        timeoutMs: GIT_MS,
        signal,
      }),
    command: (words, input = "") =>
      runProcess({
        program: process.execPath,
        args: [programPath("cli"), ...words],
        cwd: checkout,
        env: { ...program, NO_COLOR: "1" },
        input,
        timeoutMs: COMMAND_MS,
        signal,
      }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A run that ended early has no report. */
async function hasFixes(reportPath: string): Promise<boolean> {
  const text = await readIfThere(reportPath);
  if (text === null) return false;
  const { databases } = actionReportSchema.parse(JSON.parse(text));
  return databases.some(({ review }) => review?.findings.some(({ fix, rewrite }) => fix ?? rewrite) === true);
}

async function readIfThere(path: string): Promise<string | null> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
}

/** The merge is nobody's: it is never pushed. */
const identity = {
  GIT_AUTHOR_NAME: "QueryGenie",
  GIT_AUTHOR_EMAIL: "querygenie@localhost",
  GIT_COMMITTER_NAME: "QueryGenie",
  GIT_COMMITTER_EMAIL: "querygenie@localhost",
};

/** In the environment: arguments and files may be read by others. */
function credentials(serverUrl: string, token: string): Readonly<Record<string, string>> {
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
  };
}

function passed(from: Readonly<Record<string, string | undefined>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

/** The programs lie beside the server: as sources in a checkout, as bundles in a package. */
function programPath(name: "main" | "cli"): string {
  const file = import.meta.url.endsWith(".ts") ? `../../action/${name}.ts` : `./${name}.js`;
  return fileURLToPath(new URL(file, import.meta.url));
}
