import type { MigrationFile, SourceFile, SourceRef } from "../../source.ts";
import type { DeclaredStatement } from "./declared-schema.ts";
import { layOut } from "./lay-out.ts";

/** Several files as one, whose lines are numbered through. */
export interface JoinedFiles {
  readonly lineOf: (place: { readonly file: number; readonly line: number }) => number;
  readonly placeOf: (line: number) => SourceRef;
  /** Statements with joined lines as the steps of their files. */
  readonly layOut: (statements: readonly DeclaredStatement[]) => readonly MigrationFile[];
}

export function joinFiles(files: readonly SourceFile[]): JoinedFiles {
  const starts: number[] = [];
  let total = 0;
  for (const { text } of files) {
    starts.push(total);
    total += text.split("\n").length;
  }
  const fileAt = (line: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start < line),
    );
  const placeOf = (line: number): SourceRef => {
    const file = fileAt(line);
    return { file: files[file]?.path ?? "", line: line - (starts[file] ?? 0), column: 1 };
  };
  return {
    lineOf: ({ file, line }) => (starts[file] ?? 0) + line,
    placeOf,
    layOut: (statements) =>
      layOut(
        statements.map(({ sql, line }) => {
          const place = placeOf(line);
          return { sql, file: place.file, line: place.line };
        }),
      ),
  };
}
