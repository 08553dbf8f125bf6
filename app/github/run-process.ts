import { spawn } from "node:child_process";

export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it: nothing of the server's own environment, which holds its secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ProcessResult {
  /** Null when it was ended by its time. */
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** Characters of each stream that are kept. */
const MOST_TEXT = 1_000_000;

/** Runs a program without a shell and ends it with all that it started. Rejects when `signal` is aborted. */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const { program, args, cwd, env, input = "", timeoutMs, signal } = request;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out = (out + text).slice(0, MOST_TEXT)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(0, MOST_TEXT)));
    // A program that ends early closes its input; its code tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const end = (): void => {
      if (child.pid === undefined) return;
      try {
        // Its whole group: it is the first of one.
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended in this very moment.
      }
    };
    const timer = setTimeout(end, timeoutMs);
    signal.addEventListener("abort", end, { once: true });
    const settle = (work: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      work();
    };
    child.once("error", (error) => settle(() => reject(error)));
    child.once("close", (code) =>
      settle(() => {
        if (signal.aborted) reject(new DOMException("The job was called off.", "AbortError"));
        else resolve({ code, out, said });
      }),
    );
  });
}
