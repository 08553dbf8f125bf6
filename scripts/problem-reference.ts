import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { problemCodes } from "../schemas/problem-codes.ts";

export const problemReferencePath: string = join(import.meta.dirname, "..", "docs", "reference", "problems.md");

const GROUPS: Readonly<Record<string, string>> = {
  "1": "Configuration and sources",
  "2": "Reading and replay",
  "3": "Engine",
  "4": "Generators",
  "5": "Query function",
  "6": "Environment and files",
};

/** The reference page of problem codes, from the one table that has them. */
export function problemReference(): string {
  const groups = Map.groupBy(Object.entries(problemCodes), ([code]) => code.charAt(2));
  const sections = [...groups.keys()].sort().map((group) => {
    const rows = (groups.get(group) ?? []).sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = rows.map(([code, meaning]) => `| <a id="${code.toLowerCase()}"></a>\`${code}\` | ${meaning} |`);
    return `## ${GROUPS[group] ?? group}\n\n| Code | Means |\n|---|---|\n${lines.join("\n")}\n`;
  });
  return [
    "# Problems",
    "",
    "What QueryGenie says when something is not as it should be. A message names the file and line, what happened and what",
    "to do next; its code stands for the kind of problem and never changes its meaning.",
    "",
    "A problem costs the statement or object it is about and nothing else; `--strict` turns any error or warning into exit",
    "code 2.",
    "",
    sections.join("\n"),
  ].join("\n");
}

if (import.meta.main) await writeFile(problemReferencePath, problemReference());
