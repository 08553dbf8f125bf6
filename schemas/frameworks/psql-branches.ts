import type { Problem, WithProblems } from "../problem.ts";
import type { SourceFile } from "../source.ts";
import { QUOTED_PARTS, type Variables } from "./placeholders.ts";

/**
 * A psql script without the branches that psql would not run: `\if`, `\elif`, `\else` and `\endif` by the truth of their
 * values, with what `\set` and `\unset` made of the variables until there. What is left out becomes empty lines. A value
 * that only a server knows, such as one of `\gset`, counts as false and is reported.
 */
export function keepPsqlBranches(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  if (!/^[ \t]*\\(?:if|elif|else|endif)\b/m.test(file.text)) return { value: file, problems: [] };
  const known = new Map(Object.entries(variables));
  const open: Branch[] = [];
  const problems: Problem[] = [];
  const report = (offset: number, message: string): void => {
    problems.push({
      code: "QG132",
      severity: "warning",
      message,
      help: "Give the variable a value under sources[].variables, or keep the branch that counts in a file of its own.",
      origin: { file: file.path, line: file.text.slice(0, offset).split("\n").length, column: 1 },
      makesIncomplete: true,
    });
  };
  let text = "";
  let from = 0;
  const isActive = (): boolean => open.every((branch) => branch.isOn);
  const keepTo = (offset: number): void => {
    const part = file.text.slice(from, offset);
    text += isActive() ? part : part.replaceAll(/[^\n]/g, "");
    from = offset;
  };
  for (const match of file.text.matchAll(COMMANDS)) {
    const [, name, argument = ""] = match;
    // A text, a comment or a body: whatever is in it is no command.
    if (name === undefined) continue;
    if (name === "set" || name === "unset") {
      if (isActive()) setVariable(known, name, argument);
      continue;
    }
    keepTo(match.index);
    from = match.index + match[0].length;
    const branch = open.at(-1);
    if (name === "endif") open.pop();
    else if (name === "else" && branch) {
      branch.isOn = !branch.wasOn;
      branch.wasOn = true;
    } else if (name === "if" || branch) {
      const isReached = name === "if" ? isActive() : branch?.wasOn === false;
      const truth = isReached ? truthOf(argument.trim(), known) : false;
      if (truth === null)
        report(match.index, `"\\${name} ${argument.trim()}" has no value here and was taken for false`);
      if (name === "if") open.push({ isOn: truth === true, wasOn: truth === true });
      else if (branch) {
        branch.isOn = truth === true;
        branch.wasOn ||= branch.isOn;
      }
    }
  }
  const last = open.at(-1);
  keepTo(file.text.length);
  if (last) report(file.text.length, "the file ends inside of an \\if");
  return { value: { ...file, text }, problems };
}

interface Branch {
  isOn: boolean;
  /** True once a branch of this \if was taken. */
  wasOn: boolean;
}

const COMMANDS = new RegExp(
  [String.raw`^[ \t]*\\(if|elif|else|endif|set|unset)\b([^\n]*)`, ...QUOTED_PARTS].join("|"),
  "gim",
);

function setVariable(known: Map<string, string>, command: string, argument: string): void {
  const [, name, value = ""] = /^\s+(\w+)\s*(.*?)\s*$/.exec(argument) ?? [];
  if (name === undefined) return;
  if (command === "unset") known.delete(name);
  else known.set(name, filled(value, known) ?? value);
}

/** A word with its variables; null where one has no value, or a program would be run. */
function filled(word: string, known: ReadonlyMap<string, string>): string | null {
  if (word.includes("`")) return null;
  const test = /^:\{\?(\w+)\}$/.exec(word);
  if (test) return known.has(test[1] ?? "") ? "true" : "false";
  let isKnown = true;
  const text = word.replaceAll(/:'(\w+)'|:"(\w+)"|:(\w+)/g, (_, literal, identifier, bare) => {
    const value = known.get(String(literal ?? identifier ?? bare));
    if (value === undefined) isKnown = false;
    return value ?? "";
  });
  return isKnown ? text.replace(/^'(.*)'$/, "$1") : null;
}

/** psql's `ParseVariableBool`: words may be cut short while they are clear. Null for what is no truth value. */
function truthOf(expression: string, known: ReadonlyMap<string, string>): boolean | null {
  const word = filled(expression, known)?.toLowerCase();
  if (word === undefined || word === "") return null;
  if (word === "1" || "true".startsWith(word) || "yes".startsWith(word) || word === "on") return true;
  if (word === "0" || "false".startsWith(word) || "no".startsWith(word) || word === "of" || word === "off")
    return false;
  return null;
}
