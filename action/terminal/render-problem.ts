import type { Problem } from "#schemas/problem.ts";
import type { Colour } from "./terminal.ts";

/** A problem as a person reads it: what happened and where, then what to do. */
export function problemLines(problem: Problem, colour: Colour): readonly string[] {
  const signs = { error: colour.red("✖"), warning: colour.yellow("⚠"), info: colour.dim("·") };
  const place = problem.origin ? ` ${problem.origin.file}:${problem.origin.line}` : "";
  const state = problem.sqlstate === undefined ? "" : colour.dim(` (${problem.sqlstate})`);
  const first = `${signs[problem.severity]} ${colour.bold(problem.code)}${place}  ${scrub(problem.message)}${state}`;
  return problem.help === undefined
    ? [first]
    : [
        first,
        ...scrub(problem.help)
          .split("\n")
          .map((line) => `  ${colour.dim(line)}`),
      ];
}

/** Removes what looks like a secret, and control characters that would steer the terminal. */
export function scrub(text: string): string {
  return scrubControls(
    text
      // user:password@host of any connection address
      .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, "$1:***@")
      .replaceAll(/\b(password|passwd|pwd|secret|token|api[-_]?key)(\s*[=:]\s*)("[^"]*"|'[^']*'|\S+)/gi, "$1$2***")
      .replaceAll(/\b(?:sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|AIza[\w-]{30,})/g, "***"),
  );
}

/** Makes control and direction-changing characters visible instead of obeyed; line ends and tabs stay. */
export function scrubControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
