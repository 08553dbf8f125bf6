import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ReadText {
  readonly dialect: "mysql" | "mssql";
  readonly text: string;
}

/**
 * How many blocks of our own code reading each text runs, from its characters to the model. V8 counts them, in a process
 * that compiles nothing, so that the figures are the same in every run and on any machine.
 */
export async function executedSteps(texts: readonly ReadText[]): Promise<readonly number[]> {
  const program = fileURLToPath(new URL("./count-steps.ts", import.meta.url));
  const counting = spawn(process.execPath, [...WITHOUT_COMPILERS, program], { stdio: ["pipe", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  counting.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  counting.stdin.end(JSON.stringify(texts));
  const code = await new Promise((resolve, reject) => counting.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`counting ended with ${String(code)}`);
  const counts: unknown = JSON.parse(Buffer.concat(chunks).toString());
  if (!Array.isArray(counts) || counts.length !== texts.length) throw new Error("a text was not counted");
  return counts.map(Number);
}

/** Optimised code counts nothing, and code that was thrown away counts from the start again. */
const WITHOUT_COMPILERS = ["--no-opt", "--no-maglev", "--no-sparkplug", "--no-flush-bytecode"];
