import type { Problem } from "../problem.ts";

/** Lines of a text; `join("\n")` gives it back. */
export const linesOf = (text: string): readonly string[] => text.split("\n");

/** The text with every line emptied that is not kept, so that places stay those of the file. */
export function keepLines(text: string, keeps: (line: string, index: number) => boolean): string {
  const kept = linesOf(text).map((line, index) => (keeps(line, index) ? line : ""));
  return kept.some((line) => line !== "") ? kept.join("\n") : "";
}

/** The comment lines a file begins with, without empty lines before them. */
export function headerOf(text: string): readonly string[] {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1) return [];
  const end = lines.findIndex((line, index) => index >= first && !line.startsWith("--"));
  return lines.slice(first, end === -1 ? lines.length : end).map((line) => line.trimEnd());
}

/**
 * A delimiter of the file's own as semicolons, as the engine's splitter wants them. Line ends stay where they are. One
 * without a line end counts at the end of a line only: `/` also divides.
 */
export function withDelimiter(text: string, delimiter: string): string {
  if (delimiter === "" || delimiter === ";") return text;
  if (delimiter.includes("\n")) return text.replaceAll(delimiter, (match) => `;${match.replaceAll(/[^\r\n]/g, "")}`);
  const lines = linesOf(text).map((line) => {
    const end = line.trimEnd();
    return end.endsWith(delimiter) ? `${end.slice(0, -delimiter.length)};` : line;
  });
  return lines.join("\n");
}

/** A file that its runner would refuse. */
export function misshapen(path: string, message: string, help: string, line = 1): Problem {
  const origin = { file: path, line, column: 1 };
  return { code: "QG218", severity: "error", message, help, origin, makesIncomplete: true };
}
