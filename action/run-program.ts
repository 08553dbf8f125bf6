import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProgramCall, ProgramOutput } from "#schemas/ports.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Longest output that is kept, in bytes: a schema is smaller. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** What of the complaints is kept: their end names the cause. */
const MOST_COMPLAINT = 4000;

/** Runs programs below a folder of the disk. The whole group of a program is ended when its time is over. */
export function programRunner(root: string): (call: ProgramCall) => Promise<ProgramOutput> {
  return (call) => {
    const cwd = join(root, call.folder);
    const command = commandOf(call, root);
    if (command === null) return Promise.resolve(notInstalled(call));
    const [file, ...args] = command;
    return new Promise((resolve) => {
      const child = spawn(file, args, {
        cwd,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
        env: withoutKeys(process.env),
      });
      const out: Buffer[] = [];
      let size = 0;
      let complaint = "";
      let timedOut = false;
      const end = (): void => {
        // The group, so that what the program started ends too; it may have ended by itself meanwhile.
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      };
      const timer = setTimeout(() => {
        timedOut = true;
        end();
      }, call.timeoutMs);
      child.stdout.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_OUTPUT) end();
        else out.push(chunk);
      });
      child.stderr.on("data", (chunk: Buffer) => {
        complaint = (complaint + chunk.toString("utf8")).slice(-MOST_COMPLAINT);
      });
      const finish = (exitCode: number | null, stderr: string): void => {
        clearTimeout(timer);
        const stdout = Buffer.concat(out).toString("utf8");
        resolve({
          exitCode: timedOut ? null : exitCode,
          stdout,
          stderr: withoutSecrets(stderr, process.env),
          timedOut,
        });
      };
      child.on("error", (error) => finish(null, error.message));
      child.on("close", (code) => finish(code, size > MOST_OUTPUT ? "it printed more than 64 MB" : complaint));
    });
  };
}

function notInstalled(call: ProgramCall): ProgramOutput {
  const name = call.kind === "package" ? call.package : "the program";
  const stderr = `${name} is not installed here; run npm install first`;
  return { exitCode: null, stdout: "", stderr, timedOut: false };
}

/** A program that prints a schema needs no key of a model's provider. */
function withoutKeys(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GEMINI_API_KEY: _g, ANTHROPIC_API_KEY: _a, OPENAI_API_KEY: _o, ...rest } = environment;
  return rest;
}

/** Null when the program is not there. */
function commandOf(call: ProgramCall, root: string): readonly [string, ...string[]] | null {
  if (call.kind === "shell") return ["/bin/sh", "-c", call.command];
  const program = packageProgram(call.package, join(root, call.folder), root);
  return program === null ? null : [process.execPath, program, ...call.arguments];
}

/** The repository's own version: it is the one that its code is written for. */
function packageProgram(name: string, from: string, root: string): string | null {
  for (let folder = from; folder.startsWith(root) && folder !== dirname(folder); folder = dirname(folder)) {
    const own = join(folder, "node_modules", name, "bin.cjs");
    if (existsSync(own)) return own;
  }
  return null;
}
