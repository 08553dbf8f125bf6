import { ruleAliases, type OtherLinter } from "./rule-aliases.ts";

/** What another linter's comment silences: our rules, or every rule. */
export interface ForeignIgnore {
  readonly rules: readonly string[] | "every rule";
  /** For the whole file, not for one statement. */
  readonly isWholeFile: boolean;
}

interface Mark {
  readonly linter: OtherLinter;
  readonly text: string;
  readonly isWholeFile: boolean;
  /** Without names it silences everything. */
  readonly mayBeBare: boolean;
}

/** The comments of each linter, longer marks first. */
const MARKS: readonly Mark[] = [
  { linter: "squawk", text: "squawk-ignore-file", isWholeFile: true, mayBeBare: true },
  { linter: "squawk", text: "squawk-ignore", isWholeFile: false, mayBeBare: false },
  { linter: "pgfence", text: "pgfence-ignore", isWholeFile: false, mayBeBare: true },
  { linter: "pgls", text: "pgls-ignore", isWholeFile: false, mayBeBare: false },
  { linter: "atlas", text: "atlas:nolint", isWholeFile: false, mayBeBare: true },
  { linter: "eugene", text: "eugene: ignore", isWholeFile: false, mayBeBare: true },
];

/** What a comment silences, when it is another linter's; null for every other comment. */
export function readForeignIgnore(comment: string): ForeignIgnore | null {
  const mark = MARKS.find(({ text }) => comment.startsWith(text));
  if (!mark) return null;
  const rest = comment.slice(mark.text.length);
  // A longer word is none of theirs.
  if (rest !== "" && !/^[\s:,]/.test(rest)) return null;
  const [listed = ""] = rest.replace(/^\s*:/, "").split("--");
  const names = listed.split(/[\s,]+/).flatMap((name) => plainName(name));
  const { isWholeFile } = mark;
  if (names.length === 0) return mark.mayBeBare ? { rules: "every rule", isWholeFile } : null;
  return { rules: names.flatMap((name) => rulesOf(mark.linter, name)), isWholeFile };
}

/** `lint/safety/banDropColumn:` is banDropColumn. */
function plainName(name: string): readonly string[] {
  const plain = name.split("/").at(-1)?.replace(/:$/, "") ?? "";
  return plain === "" ? [] : [plain];
}

/** Atlas names whole classes too. */
const CLASSES: Readonly<Record<string, string>> = {
  destructive: "DS",
  incompatible: "BC",
  data_depend: "MF",
  constraint_drop: "CD",
};

function rulesOf(linter: OtherLinter, name: string): readonly string[] {
  const known = ruleAliases[linter];
  const prefix = linter === "atlas" && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  if (prefix === undefined) return Object.hasOwn(known, name) ? (known[name] ?? []) : [];
  return Object.entries(known).flatMap(([code, rules]) => (code.startsWith(prefix) ? rules : []));
}
