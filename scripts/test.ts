/**
 * `npm test`: the tests that boot engines beside all others. Vitest alone runs those first, a file at a time, and leaves
 * the other cores idle for most of the run. With arguments it is vitest with those arguments.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const chosen = process.argv.slice(2);
process.exitCode = chosen.length > 0 ? await run(chosen, {}) : await runAll();

async function runAll(): Promise<number> {
  const workers = Math.max(1, availableParallelism() - 1);
  // Whoever reads along sees one of the two; the other is told when it has ended.
  const codes = await Promise.all([run(["--project", "engine"], { part: "engine" }), runOthers(workers)]);
  return Math.max(...codes);
}

async function runOthers(workers: number): Promise<number> {
  const unit = await run(["--project", "unit", "--maxWorkers", String(workers)], { part: "unit", isHeldBack: true });
  const servers = await run(["--project", "servers"], { part: "servers", isHeldBack: true });
  return Math.max(unit, servers);
}

interface RunOptions {
  /** Name of its report in CI. */
  readonly part?: string;
  /** Prints nothing before it has ended. */
  readonly isHeldBack?: boolean;
}

/** Runs vitest once and gives its exit code; 1 when a signal ended it. */
function run(args: readonly string[], { part, isHeldBack = false }: RunOptions): Promise<number> {
  const env = { ...process.env, ...(part === undefined ? {} : { QUERYGENIE_TEST_PART: part }) };
  const output = isHeldBack ? "pipe" : "inherit";
  const child = spawn(process.execPath, [vitest, "run", ...args], { env, stdio: ["inherit", output, output] });
  const held: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => held.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => held.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.stdout.write(Buffer.concat(held));
      resolve(code ?? 1);
    });
  });
}
