import type { Problem } from "#schemas/problem.ts";
import { problemLines } from "./render-problem.ts";
import { colours, type Terminal } from "./terminal.ts";

/** The terminal of this process: a bar where a person looks, plain lines elsewhere. */
export function processTerminal({ quiet }: { readonly quiet: boolean }): Terminal {
  const isInteractive = process.stderr.isTTY;
  const wantsColour = isInteractive && !process.env["NO_COLOR"];
  const colour = colours(wantsColour);
  const bar = isInteractive && !quiet ? progressBar() : null;
  const say = (line: string): void => {
    bar?.clear();
    process.stderr.write(`${line}\n`);
  };
  const totals = new Map<string, number>();
  return {
    isInteractive,
    colour,
    say,
    result(text) {
      bar?.clear();
      process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    progress: {
      start(task, total) {
        if (total !== undefined) totals.set(task, total);
        bar?.draw(task, 0, total);
      },
      step(task, done) {
        bar?.draw(task, done, totals.get(task));
      },
      finish(task, summary) {
        bar?.clear();
        if (!quiet) say(`${colour.green("✔")} ${task.padEnd(12)} ${summary}`);
      },
      problem(problem: Problem) {
        if (!quiet || problem.severity === "error") for (const line of problemLines(problem, colour)) say(line);
      },
    },
  };
}

const WIDTH = 24;
const REDRAW_MS = 60;

function progressBar() {
  let last = 0;
  let isDrawn = false;
  return {
    draw(task: string, done: number, total: number | undefined): void {
      const now = performance.now();
      if (now - last < REDRAW_MS) return;
      last = now;
      isDrawn = true;
      const filled = total ? Math.round((done / total) * WIDTH) : 0;
      const bar = total ? `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done}/${total}` : "…";
      process.stderr.write(`\r\u001b[K  ${task.padEnd(12)} ${bar}`);
    },
    clear(): void {
      if (isDrawn) process.stderr.write("\r\u001b[K");
      isDrawn = false;
    },
  };
}
