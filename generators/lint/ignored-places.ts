import type { Finding } from "#schemas/finding.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import { readIgnore } from "../review/ignore-comments.ts";

/** Lines of a file in which a comment silences rules. */
export interface IgnoredPlace {
  readonly file: string;
  /** First and last line of the statement, from 1. */
  readonly from: number;
  readonly to: number;
  readonly rules: readonly string[];
}

/** The comments `-- querygenie-ignore rule -- why` above or behind the statements of a file. */
export function ignoresOf(file: string, statements: readonly SplitStatement[]): readonly IgnoredPlace[] {
  return statements.flatMap(({ leadingComments, trailingComments, span }) =>
    [...leadingComments, ...trailingComments].flatMap(({ text, line }) => {
      const ignore = readIgnore(text, { file, line });
      return ignore ? [{ file, from: span.line, to: span.endLine, rules: ignore.rules }] : [];
    }),
  );
}

/** Whether a comment stands at the statement that made what the finding is about. */
export function isIgnoredAt(places: readonly IgnoredPlace[], { rule, span }: Finding): boolean {
  return places.some(
    ({ file, from, to, rules }) => file === span.file && from <= span.line && span.line <= to && rules.includes(rule),
  );
}
