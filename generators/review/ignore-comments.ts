import { closest } from "#schemas/closest.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { Problem } from "#schemas/problem.ts";
import { readForeignIgnore } from "./foreign-ignores.ts";
import type { ReviewedFile } from "./statement.ts";

/** A comment that silences rules. */
export interface IgnoreComment {
  readonly rules: readonly string[];
  /** It silences every rule. Other linters have such comments. */
  readonly isForAll?: true;
  /** Written for another linter, so that nothing is wrong with it when it silences nothing here. */
  readonly isForeign?: true;
  readonly reason?: string;
  readonly file: string;
  readonly line: number;
}

/** A comment that silences rules for one statement. */
export interface Ignore extends IgnoreComment {
  readonly statement: SplitStatement;
}

const MARK = "querygenie-ignore";

/** Every `-- querygenie-ignore rule, rule -- why` above a statement or behind it, and what other linters have for it. */
export function readIgnores(files: readonly ReviewedFile[]): readonly Ignore[] {
  return [...files.flatMap(ownIgnores), ...files.flatMap(foreignIgnores)];
}

function ownIgnores({ file, statements }: ReviewedFile): readonly Ignore[] {
  return statements.flatMap(({ statement }) =>
    [...statement.leadingComments, ...statement.trailingComments].flatMap(({ text, line }) => {
      const found = readIgnore(text, { file: file.path, line });
      return found ? [{ ...found, statement }] : [];
    }),
  );
}

/** What the text of a comment silences; null for any other comment. */
export function readIgnore(text: string, place: Pick<IgnoreComment, "file" | "line">): IgnoreComment | null {
  if (!text.startsWith(MARK)) return null;
  const [names = "", ...reason] = text.slice(MARK.length).split("--");
  const rules = names.split(/[\s,]+/).filter((name) => name !== "");
  const why = reason.join("--").trim();
  return { rules, ...place, ...(why === "" ? {} : { reason: why }) };
}

function foreignIgnores({ file, statements }: ReviewedFile): readonly Ignore[] {
  return statements.flatMap(({ statement }) =>
    [...statement.leadingComments, ...statement.trailingComments].flatMap(({ text, line }) => {
      const found = readForeignIgnore(text);
      if (found === null) return [];
      const isForAll = found.rules === "every rule";
      const ignore = {
        rules: found.rules === "every rule" ? [] : found.rules,
        file: file.path,
        line,
        isForeign: true as const,
        ...(isForAll ? { isForAll: true as const } : {}),
      };
      const silenced = found.isWholeFile ? statements.map((other) => other.statement) : [statement];
      return silenced.map((each) => ({ ...ignore, statement: each }));
    }),
  );
}

/** Whether a comment silences a rule at a statement. */
export const silences = ({ statement, rules, isForAll }: Ignore, rule: string, at: SplitStatement): boolean =>
  statement === at && (isForAll === true || rules.includes(rule));

/** What is wrong with ignore comments: they name no rule, an unknown one, or one that found nothing. */
export function ignoreProblems(
  ignores: readonly IgnoreComment[],
  used: ReadonlySet<string>,
  knownRules: readonly string[],
): readonly Problem[] {
  return ignores.flatMap((ignore) => {
    if (ignore.isForeign) return [];
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

export const ignoreKey = ({ file, line }: IgnoreComment, rule: string): string => `${file}:${line}:${rule}`;
