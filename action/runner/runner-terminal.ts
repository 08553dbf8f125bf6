import { problemLines } from "../terminal/render-problem.ts";
import { colours, type Terminal } from "../terminal/terminal.ts";
import type { Runner } from "./runner.ts";

/** The log of a step as a terminal: everything in one stream, so that commands and text keep their order. */
export function runnerTerminal(runner: Runner): Terminal {
  const colour = colours(false);
  return {
    isInteractive: false,
    colour,
    say: runner.say,
    result: runner.say,
    progress: {
      start: () => undefined,
      step: () => undefined,
      finish: (task, summary) => runner.say(`✔ ${task.padEnd(12)} ${summary}`),
      problem: (problem) => {
        for (const line of problemLines(problem, colour)) runner.say(line);
      },
    },
  };
}
