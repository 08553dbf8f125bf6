import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testCacheDir } from "./cache-dir.ts";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL("../../bin/querygenie.mjs", import.meta.url));

/** Runs the program as a user would, with a cache of the tests' own and no key. */
export function runCli(
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<CliRun> {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: options.cwd,
    env: {
      PATH: process.env["PATH"],
      HOME: options.cwd,
      QUERYGENIE_CACHE_DIR: testCacheDir,
      // Hundreds of starts read the same sources.
      NODE_COMPILE_CACHE: join(testCacheDir, "compiled"),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}
