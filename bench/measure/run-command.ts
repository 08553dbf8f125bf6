import { spawn } from "node:child_process";
import { treeMegabytes } from "./process-tree.ts";

export interface CommandRun {
  readonly seconds: number;
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  /** Null where memory cannot be read. */
  readonly peakMegabytes: number | null;
}

export interface CommandPlace {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Often enough to see a peak that lasts; each look costs a millisecond. */
const LOOK_EVERY_MS = 50;

/** Runs a command to its end and measures its time and the memory of its whole process tree. */
export async function runCommand(
  file: string,
  args: readonly string[],
  { cwd, env = {} }: CommandPlace,
): Promise<CommandRun> {
  const started = performance.now();
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let peak: number | null = null;
  const timer = setInterval(() => {
    const now = child.pid === undefined ? null : treeMegabytes(child.pid);
    if (now !== null) peak = Math.max(peak ?? 0, now);
  }, LOOK_EVERY_MS);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => output.push(part));
  child.stderr.on("data", (part: Buffer) => errors.push(part));
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const seconds = (performance.now() - started) / 1000;
    return { seconds, exitCode, output: text(output), errors: text(errors), peakMegabytes: peak };
  } finally {
    clearInterval(timer);
  }
}

const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString("utf8");
