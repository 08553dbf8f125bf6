import { closest } from "#schemas/closest.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { Problem } from "#schemas/problem.ts";
import type { ReviewedFile } from "./statement.ts";

/** A comment that silences rules for one statement. */
export interface Ignore {
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly file: string;
  readonly line: number;
  readonly statement: SplitStatement;
}

const MARK = "querygenie-ignore";

/** Every `-- querygenie-ignore rule, rule -- why` above a statement or behind it. */
export function readIgnores(files: readonly ReviewedFile[]): readonly Ignore[] {
  return files.flatMap(({ file, statements }) =>
    statements.flatMap(({ statement }) =>
      [...statement.leadingComments, ...statement.trailingComments].flatMap(({ text, line }) => {
        if (!text.startsWith(MARK)) return [];
        const [names = "", ...reason] = text.slice(MARK.length).split("--");
        const rules = names.split(/[\s,]+/).filter((name) => name !== "");
        const why = reason.join("--").trim();
        return [{ rules, file: file.path, line, statement, ...(why === "" ? {} : { reason: why }) }];
      }),
    ),
  );
}

/** What is wrong with ignore comments: they name no rule, an unknown one, or one that found nothing. */
export function ignoreProblems(
  ignores: readonly Ignore[],
  used: ReadonlySet<string>,
  knownRules: readonly string[],
): readonly Problem[] {
  return ignores.flatMap((ignore) => {
    const origin = { file: ignore.file, line: ignore.line, column: 1 };
    const problem = (message: string, help: string): Problem => ({
      code: "QG411",
      severity: "info",
      message,
      help,
      origin,
    });
    if (ignore.rules.length === 0) {
      return [problem("An ignore comment names no rule", `Write -- ${MARK} rule-id -- why`)];
    }
    return ignore.rules.flatMap((rule) => {
      if (used.has(ignoreKey(ignore, rule))) return [];
      if (knownRules.includes(rule)) {
        return [problem(`The ignore comment for ${rule} silences nothing`, "Delete it: the statement is fine")];
      }
      const near = closest(rule, knownRules);
      const help = near === null ? "querygenie review --rules lists all rules" : `Did you mean ${near}?`;
      return [problem(`The ignore comment names the rule ${rule}, which does not exist`, help)];
    });
  });
}

export const ignoreKey = ({ file, line }: Ignore, rule: string): string => `${file}:${line}:${rule}`;
