import type { Problem, WithProblems } from "../problem.ts";
import type { SourceFile, SourceRef } from "../source.ts";

export type Variables = Readonly<Record<string, string>>;

/**
 * Flyway's and Liquibase's `${name}`, or a name between a project's own marks: everywhere in the file, strings and comments
 * included. Names are not case-sensitive.
 */
export function fillMarked(
  file: SourceFile,
  variables: Variables,
  [before, behind]: readonly [before: string, behind: string] = ["${", "}"],
): WithProblems<SourceFile> {
  const lower = new Map(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]));
  const pattern = new RegExp(`${RegExp.escape(before)}([A-Za-z_][\\w.:-]*?)${RegExp.escape(behind)}`, "g");
  return fill(file, pattern, ([, name = ""]) => ({ name, value: lower.get(name.toLowerCase()) }));
}

/** Graphile's `:NAME`, taken as it is wherever it stands; only `declared` names when they are known. */
export function fillCapitals(
  file: SourceFile,
  variables: Variables,
  declared: ReadonlySet<string> | null,
): WithProblems<SourceFile> {
  return fill(file, /(?<![\w:\]]):([A-Z][A-Z0-9_]+)\b/g, ([, name = ""]) =>
    declared === null || declared.has(name) ? { name, value: own(variables, name) } : null,
  );
}

/** The shell's `${NAME}` and `${NAME:-default}`; `$NAME` only where it has a value, for `$body$` begins a text. */
export function fillEnvironment(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  return fill(file, /\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)\b(?!\$)/g, ([, braced, instead, bare]) => {
    if (bare !== undefined)
      return own(variables, bare) === undefined ? null : { name: bare, value: own(variables, bare) };
    return { name: braced ?? "", value: own(variables, braced ?? "") ?? instead };
  });
}

/**
 * Go's `{{ .Name }}` and `{{ index .Options "Name" }}`. Control flow has no value and is reported. A known name is filled
 * everywhere; an unknown one inside a quoted text is left in peace, for it may be the users' own template stored as data.
 */
export function fillGoTemplates(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  if (!file.text.includes("{{")) return { value: file, problems: [] };
  const quoted = file.text.matchAll(QUOTED);
  let span: Span | null = next(quoted);
  return fill(file, ACTION, (match) => {
    const body = match[1] ?? "";
    const name = /^index\s+\S+\s+"([^"]+)"$/.exec(body)?.[1] ?? /^\.(?:\w+\.)*(\w+)$/.exec(body)?.[1];
    const value = name === undefined ? undefined : own(variables, name);
    // Both walk the text from its start, so that a large script is passed once.
    while (span && span.end <= match.index) span = next(quoted);
    if (value === undefined && span && span.start < match.index) return null;
    return { name: name ?? body, value };
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function next(matches: Iterator<RegExpExecArray>): Span | null {
  const { value, done } = matches.next();
  return done === true ? null : { start: value.index, end: value.index + value[0].length };
}

/** An array literal such as '{{1,2},{3,4}}' is no action: one starts with a dot, a variable or a keyword. */
const ACTION = /\{\{-?\s*((?:[.$]|(?:index|if|else|end|range|with|template|define|block)\b)[^{}]*?)\s*-?\}\}/g;

/** psql's `:name`, `:'name'` and `:"name"` outside quotes and comments, with what the script itself `\set`s. */
export function fillPsqlVariables(file: SourceFile, variables: Variables): WithProblems<SourceFile> {
  if (!/:['"A-Za-z_]/.test(file.text)) return { value: file, problems: [] };
  const defined: Variables = { ...scriptVariables(file.text), ...variables };
  return fill(file, PSQL_TOKENS, ({ groups }) => {
    const name = groups?.["literal"] ?? groups?.["identifier"] ?? groups?.["bare"];
    if (name === undefined) return null;
    const value = own(defined, name);
    if (value === undefined || groups?.["bare"] !== undefined) return { name, value };
    if (groups?.["literal"] !== undefined) return { name, value: `'${value.replaceAll("'", "''")}'` };
    return { name, value: `"${value.replaceAll('"', '""')}"` };
  });
}

/** Data of COPY, comments, texts and bodies. A doubled quote inside a text is two texts side by side, which is as good here. */
export const QUOTED_PARTS = [
  String.raw`^copy\b[^;\n]{0,9000}?\bfrom\s+stdin\b[^;\n]{0,1000};[\s\S]*?(?:^\\\.\r?$|END)`,
  String.raw`--[^\n]*`,
  String.raw`\/\*[\s\S]*?(?:\*\/|END)`,
  String.raw`\be'(?:[^'\\]+|\\[\s\S])*(?:'|END)`,
  String.raw`(?<!:)'[^']*(?:'|END)`,
  String.raw`(?<tag>\$(?:[a-z_]\w*)?\$)[\s\S]*?(?:\k<tag>|END)`,
  // What is not closed goes on to the end, as in the engine, so that no part is looked for twice.
].map((part) => part.replace("END", String.raw`(?![\s\S])`));
const QUOTED = new RegExp(QUOTED_PARTS.join("|"), "gim");

const PSQL_TOKENS = new RegExp(
  [
    String.raw`^\\[^\n]*`,
    ...QUOTED_PARTS,
    String.raw`(?<!:)"[^"]*"`,
    String.raw`(?<!:):'(?<literal>\w+)'`,
    String.raw`(?<!:):"(?<identifier>\w+)"`,
    String.raw`(?<![\w:\]]):(?<bare>[a-z_]\w*)`,
    String.raw`::`,
  ].join("|"),
  "gim",
);

function scriptVariables(text: string): Variables {
  const set: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/^\\set\s+(\w+)\s+(.*?)\s*$/gm)) {
    set[name] = value.replace(/^'(.*)'$/, "$1");
  }
  return set;
}

interface Filled {
  readonly name: string;
  readonly value: string | undefined;
}

function fill(
  file: SourceFile,
  pattern: RegExp,
  look: (match: RegExpExecArray) => Filled | null,
): WithProblems<SourceFile> {
  const problems = new Map<string, Problem>();
  let text = "";
  let from = 0;
  for (const match of file.text.matchAll(pattern)) {
    const found = look(match);
    if (!found) continue;
    if (found.value === undefined) {
      if (!problems.has(found.name)) problems.set(found.name, unknown(file, match.index, found.name));
      continue;
    }
    text += file.text.slice(from, match.index) + found.value;
    from = match.index + match[0].length;
  }
  return { value: { ...file, text: text + file.text.slice(from) }, problems: [...problems.values()] };
}

function unknown(file: SourceFile, offset: number, name: string): Problem {
  return {
    code: "QG208",
    severity: "warning",
    message: `the placeholder "${name}" has no value`,
    help: `Give it one under sources[].variables: { ${/^\w+$/.test(name) ? name : JSON.stringify(name)}: … }.`,
    origin: placeOf(file, offset),
    makesIncomplete: true,
  };
}

function placeOf(file: SourceFile, offset: number): SourceRef {
  const before = file.text.slice(0, offset);
  return { file: file.path, line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function own(variables: Variables, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
