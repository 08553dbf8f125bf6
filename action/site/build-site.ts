import { spawn } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { packageFolder } from "../tool-version.ts";
import { indexGuides } from "./index-guides.ts";

export interface BuildSiteOptions {
  /** Folder with the files of generators/site-data. */
  readonly dataDir: string;
  /** Folder the pages are written into. Its old content is replaced. */
  readonly outDir: string;
  /** Path the site is served below. Default "/". */
  readonly base?: string;
  /** Address the site is served at, such as `https://docs.example.org`, for canonical links and the site map. */
  readonly site?: string;
  /** Folder for what a later build can use again. Into the package itself only Astro's generated types go (`.astro`). */
  readonly cacheDir: string;
  /** Folder of this package. Default: the nearest above this file. */
  readonly packageDir?: string;
  /** `dev` serves the pages and renders each when it is asked for, until the process is stopped. Default `build`. */
  readonly mode?: "build" | "dev";
  /** True keeps the builder's own lines to itself. Default false: they go to stderr. */
  readonly quiet?: boolean;
}

/** How many of the builder's last lines an error carries. */
const LAST_LINES = 12;

/**
 * Builds the static site from its data. Astro runs in a process of its own: it takes much memory and reads its options
 * from the environment. Throws a ProblemError when the build fails.
 */
export async function buildSite(options: BuildSiteOptions): Promise<void> {
  const root = options.packageDir ?? packageFolder();
  const astro = createRequire(join(root, "package.json")).resolve("astro/package.json");
  await mkdir(options.cacheDir, { recursive: true });
  const program = join(dirname(astro), "bin/astro.mjs");
  const limits = memoryLimits(await sizeOf(options.dataDir));
  const { code, lines } = await run([...limits, program, options.mode ?? "build", "--root", root], {
    ...options,
    root,
  });
  if (code === 0) {
    if (options.mode !== "dev") await indexGuides(options.outDir);
    return;
  }
  const tail = lines.slice(-LAST_LINES).join("\n");
  const problem: Problem = { code: "QG406", severity: "error", message: "The site could not be built.", help: tail };
  throw new ProblemError([problem], 3, new Error(tail));
}

/** Without a limit Node collects garbage late: a thousand tables took 1.6 GB where 0.8 are enough (measured). */
const MEGABYTE = 1024 ** 2;
const SMALLEST_HEAP = 320;
/** Of heap for each byte of data: its objects, and what pages make of them. A thousand tables have 16 MB of data. */
const HEAP_OF_DATA = 8;

/**
 * The bundler's allocator (mimalloc) commits its arenas at once unless told otherwise, and each of its threads has an arena
 * of glibc's. With the first alone, 748 MB of a thousand tables became 530 (measured).
 */
const SMALL_HEAPS = { MIMALLOC_ARENA_EAGER_COMMIT: "0", MALLOC_ARENA_MAX: "2" };

function memoryLimits(dataBytes: number): string[] {
  const heap = SMALLEST_HEAP + Math.ceil((HEAP_OF_DATA * dataBytes) / MEGABYTE);
  return [`--max-old-space-size=${heap}`, "--max-semi-space-size=8"];
}

/** Bytes of the files below a folder; 0 where there is none, which the builder itself reports. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function run(
  parameters: readonly string[],
  { root, ...options }: BuildSiteOptions & { readonly root: string },
): Promise<{ code: number; lines: string[] }> {
  const child = spawn(process.execPath, parameters, {
    // Astro puts what it renders with below the current folder and resolves its packages from there: it must be ours.
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited(), ...SMALL_HEAPS, ...settings(options) },
  });
  const lines: string[] = [];
  const take = (chunk: Buffer): void => {
    lines.push(...chunk.toString("utf8").split("\n").filter(Boolean));
    if (!options.quiet) process.stderr.write(chunk);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? 1, lines }));
  });
}

/** What a process needs to run at all. A build needs no secret, and a variable such as BASE_URL would change its links. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "USERPROFILE", "SystemRoot", "TMPDIR", "TMP", "TEMP", "LANG", "TZ"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function settings({ dataDir, outDir, base, site, cacheDir }: BuildSiteOptions): Record<string, string> {
  return {
    // Without this Astro calls its telemetry host and writes into the user's home.
    ASTRO_TELEMETRY_DISABLED: "1",
    NODE_ENV: "production",
    QUERYGENIE_SITE_DATA: resolve(dataDir),
    QUERYGENIE_SITE_OUT: resolve(outDir),
    QUERYGENIE_SITE_CACHE: resolve(cacheDir),
    QUERYGENIE_SITE_BASE: base ?? "/",
    ...(site === undefined ? {} : { QUERYGENIE_SITE_URL: site }),
  };
}
