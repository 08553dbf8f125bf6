import { closest } from "../closest.ts";
import { keysAt } from "./json-schema.ts";
import { secretKind } from "./secrets.ts";
import type { KeyPath, YamlFile } from "./yaml-file.ts";
import type { Problem } from "../problem.ts";
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Turns what the schema refuses into problems with the line of the key or value. */
export function issueProblems(issues: readonly Issue[], file: YamlFile): readonly Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], file));
}

function problemsOf(issue: Issue, above: KeyPath, file: YamlFile): readonly Problem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], file));
  if (issue.code === "invalid_union") return unionProblems(issue.errors, path, file);
  if (issue.code === "invalid_key") return issue.issues.map((inner) => wrongKey(path, inner.message, file));
  return [wrong(path, issue, file.valueAt(path), file)];
}

/** Of the forms a value may have, the one that came closest says what is wrong. */
function unionProblems(forms: readonly (readonly Issue[])[], path: KeyPath, file: YamlFile): readonly Problem[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));
  const best = [...forms].sort((a, b) => depth(b) - depth(a))[0] ?? [];
  return best.flatMap((issue) => problemsOf(issue, path, file));
}

/** Keys that had another name, by the place where they stood, with what to write now. */
const RENAMED: ReadonlyMap<string, readonly [now: string, help: string]> = new Map([
  ["ai.sendRows", ["ai.privacy", "Write `privacy: schema` for false and `privacy: schema+samples` for true."]],
]);

function unknownKey(path: KeyPath, file: YamlFile): Problem {
  const key = String(path.at(-1));
  const renamed = RENAMED.get(dotted(path));
  if (renamed) {
    const [now, help] = renamed;
    return {
      code: "QG102",
      severity: "error",
      message: `${dotted(path)} is now called ${now}`,
      help,
      origin: file.keyAt(path),
    };
  }
  const known = keysAt(path.slice(0, -1));
  const near = closest(key, known);
  const place = path.length === 1 ? "at the top level" : `in ${dotted(path.slice(0, -1))}`;
  const suggestion = near === null ? "" : `Did you mean "${near}"? `;
  return {
    code: "QG102",
    severity: "error",
    message: `there is no key "${key}" ${place}`,
    help: `${suggestion}Known here: ${known.join(", ")}.`,
    origin: file.keyAt(path),
  };
}

function wrongKey(path: KeyPath, message: string, file: YamlFile): Problem {
  const text = `the name ${JSON.stringify(String(path.at(-1)))} in ${dotted(path.slice(0, -1))} ${message}`;
  return { code: "QG103", severity: "error", message: text, origin: file.keyAt(path) };
}

function wrong(path: KeyPath, issue: Issue, origin: Problem["origin"], file: YamlFile): Problem {
  const value = at(file.data, path);
  const { message, help } = explain(issue, value);
  const subject = path.length === 0 ? "the file" : dotted(path);
  return {
    code: "QG103",
    severity: "error",
    message: `${subject} ${message}`,
    ...(help !== undefined && { help }),
    ...(origin && { origin }),
  };
}

interface Explanation {
  readonly message: string;
  readonly help?: string;
}

function explain(issue: Issue, value: unknown): Explanation {
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return { message: "is missing", help: `Write ${withArticle(issue.expected)} there.` };
      return {
        message: `is ${shown(value)}, but must be ${withArticle(issue.expected)}`,
        ...hint(issue.expected, value),
      };
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = closest(String(value), allowed);
      const suggestion = near === null ? "" : `Did you mean "${near}"? `;
      return { message: `is ${shown(value)}`, help: `${suggestion}Allowed: ${allowed.join(", ")}.` };
    }
    case "too_small":
      return { message: `is ${shown(value)}, but must be ${amount("at least", issue.minimum, issue.origin)}` };
    case "too_big":
      return { message: `is ${shown(value)}, but must be ${amount("at most", issue.maximum, issue.origin)}` };
    case "custom":
      return { message: issue.message };
    default:
      // Formats carry our own words where the schema gives them; the library's own begin with a capital letter.
      return {
        message: /^[A-Z]/.test(issue.message)
          ? `is ${shown(value)}, which is not a valid value`
          : `is ${shown(value)}, but ${issue.message}`,
      };
  }
}

/** Numbers that YAML reads where a text is wanted, as in `engineVersion: 16`, need quotes. */
function hint(expected: string, value: unknown): { readonly help?: string } {
  const quotable = expected === "string" && (typeof value === "number" || typeof value === "boolean");
  return quotable ? { help: `Put it in quotes: "${String(value)}".` } : {};
}

function amount(how: string, limit: number | bigint, origin: string): string {
  const number = String(limit);
  if (origin === "string") return `${how} ${number} character${number === "1" ? "" : "s"} long`;
  if (origin === "array") return `a list with ${how} ${number} ${number === "1" ? "entry" : "entries"}`;
  return `${how} ${number}`;
}

function withArticle(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    object: "a group of keys",
    record: "a group of keys",
    array: "a list",
    boolean: "true or false",
    number: "a number",
    int: "a whole number",
  };
  return words[type] ?? type;
}

/** A value as it may be shown: short, and never a secret. */
function shown(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  if (typeof value !== "string") return JSON.stringify(value);
  if (secretKind(value) !== null) return "a secret";
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function at(data: unknown, path: KeyPath): unknown {
  let value: unknown = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === String(part))?.[1];
  }
  return value;
}

/** `databases[0].sources[1].path`. */
export function dotted(path: KeyPath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}
