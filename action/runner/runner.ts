import { appendFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import type { Finding } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";
import { githubAnnotations } from "#generators/review/report/github-annotations.ts";
import { problemAnnotation } from "#generators/review/report/github-annotations.ts";
import { scrub } from "../terminal/render-problem.ts";
import type { Outputs } from "./outputs.ts";

/** What a step of GitHub Actions can tell its runner. */
export interface Runner {
  /** A line of the log. Text in it that looks like a command of the runner is only text. */
  readonly say: (line: string) => void;
  /** Marks at the lines of the files: at most ten errors and ten warnings, which is what GitHub shows of a step. */
  annotate(findings: readonly Finding[], problems: readonly Problem[]): void;
  /** Appends Markdown to the page of the run. */
  summary(markdown: string): Promise<void>;
  outputs(values: Outputs): Promise<void>;
  /** Keeps a text out of the log. */
  mask(secret: string): void;
}

/** Annotations of each kind that GitHub keeps of one step. */
const MOST_ANNOTATIONS = 10;

/** GitHub refuses a summary above 1 MiB. */
const LONGEST_SUMMARY = 900_000;

export interface RunnerFiles {
  readonly GITHUB_OUTPUT?: string | undefined;
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
}

/**
 * The runner of this step, which reads commands from what we print. What we print may hold a pull request's text, so
 * commands are switched off but for the moment in which one of ours is written.
 */
export function processRunner(files: RunnerFiles, write: (text: string) => void): Runner {
  const password = randomUUID();
  const stop = `::stop-commands::${password}\n`;
  const command = (lines: string): void => {
    if (lines !== "") write(`::${password}::\n${lines}${stop}`);
  };
  write(stop);
  return {
    say: (line) => write(`${scrub(line)}\n`),
    mask: (secret) => command(`::add-mask::${secret.replaceAll(/[\r\n]+/g, " ")}\n`),
    annotate(findings, problems) {
      const errors = findings.filter(({ severity }) => severity === "error");
      const others = findings.filter(({ severity }) => severity !== "error");
      const shown = [...firsts(errors), ...firsts(others)];
      const missing = findings.length - shown.length;
      const marks = problems.slice(0, MOST_ANNOTATIONS).map(problemAnnotation);
      command(githubAnnotations(shown) + marks.join(""));
      if (missing > 0) command(`::notice title=QueryGenie::${missing} more findings are in the summary of the run.\n`);
    },
    async summary(markdown) {
      if (files.GITHUB_STEP_SUMMARY === undefined) return;
      await appendFile(files.GITHUB_STEP_SUMMARY, `${markdown.slice(0, LONGEST_SUMMARY)}\n`);
    },
    async outputs(values) {
      if (files.GITHUB_OUTPUT === undefined) return;
      const lines = Object.entries(values).map(([name, value]) => {
        // A value ends where its delimiter stands on a line, so the delimiter is one nobody can know.
        const end = `end-${randomUUID()}`;
        return `${name}<<${end}\n${String(value)}\n${end}\n`;
      });
      await appendFile(files.GITHUB_OUTPUT, lines.join(""));
    },
  };
}

/** One place is left for the line that says how many more there are. */
const firsts = (findings: readonly Finding[]): readonly Finding[] =>
  findings.slice(0, findings.length > MOST_ANNOTATIONS ? MOST_ANNOTATIONS - 1 : MOST_ANNOTATIONS);
