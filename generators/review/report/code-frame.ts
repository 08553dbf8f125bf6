import type { MigrationFile, SourceSpan } from "#schemas/source.ts";

/** Lines of a long statement that are shown; its end seldom says more. */
const MOST_LINES = 4;

/** The lines of a statement with their numbers, and a mark below what is meant when that is one line. */
export function codeFrame(file: Pick<MigrationFile, "text" | "firstLine">, span: SourceSpan): readonly string[] {
  const first = file.firstLine ?? 1;
  const lines = file.text.split(/\r\n|\n|\r/).slice(span.line - first, span.endLine - first + 1);
  const shown = lines.slice(0, MOST_LINES);
  const width = String(span.line + shown.length - 1).length;
  const code = shown.map(
    (text, index) => `│ ${String(span.line + index).padStart(width)}  ${text.replaceAll("\t", "  ")}`,
  );
  const rest = lines.length - shown.length;
  if (rest > 0) return [...code, `│ ${" ".repeat(width)}  … ${rest} more`];
  return lines.length === 1 ? [...code, marks(lines[0] ?? "", span, width)] : code;
}

function marks(line: string, { column, endColumn }: SourceSpan, width: number): string {
  const before = line.slice(0, column - 1).replaceAll("\t", "  ").length;
  const length = Math.max(1, line.slice(column - 1, endColumn - 1).replaceAll("\t", "  ").length);
  return `│ ${" ".repeat(width + 2 + before)}${"^".repeat(length)}`;
}
