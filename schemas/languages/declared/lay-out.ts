import type { MigrationFile } from "../../source.ts";
import type { DeclaredStatement } from "./declared-schema.ts";

/** A statement and the file with the line that asks for it. */
export interface PlacedStatement extends DeclaredStatement {
  readonly file: string;
}

/**
 * Statements as steps that carry the names of the files they were made from, each statement on the line that asks for
 * it, so that whoever applies the steps finds the right origins. A new step begins where the file changes or the lines
 * go back.
 */
export function layOut(statements: readonly PlacedStatement[]): readonly MigrationFile[] {
  const steps: MigrationFile[] = [];
  let lines: string[] = [];
  let path = "";
  let first = 1;
  const flush = (): void => {
    if (lines.length === 0) return;
    const text = `${lines.join("\n")}\n`;
    const step = { path, text, version: path, transaction: "none", isDeclared: true } as const;
    steps.push({ ...step, ...(first === 1 ? {} : { firstLine: first }) });
    lines = [];
  };
  for (const { sql, file, line } of statements) {
    if (lines.length > 0 && (file !== path || line < first + lines.length)) flush();
    if (lines.length === 0) [path, first] = [file, line];
    while (first + lines.length < line) lines.push("");
    lines.push(...`${sql};`.split("\n"));
  }
  flush();
  return steps;
}
