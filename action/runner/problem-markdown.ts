import { escapeLine } from "#generators/markdown/escape.ts";
import type { Problem } from "#schemas/problem.ts";

/** Problems of a run as a list for its page. */
export function problemMarkdown(problems: readonly Problem[]): string {
  const lines = problems.map(({ code, message, help }) => {
    const advice = help === undefined ? "" : `<br>${escapeLine(help)}`;
    return `- ${code} ${escapeLine(message)}${advice}`;
  });
  return `${lines.join("\n")}\n`;
}
