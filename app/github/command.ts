/** What may be asked for in a comment, with what it needs and what it does. */
export const commands = {
  review: { needs: "triage", takes: null, does: "reviews the pull request again" },
  explain: { needs: "triage", takes: "query", does: "says in words what a query does, with its plan" },
  optimize: { needs: "triage", takes: "query", does: "looks for a cheaper query that gives the same rows" },
  ask: { needs: "triage", takes: "question", does: "turns a question into a query that the schema takes" },
  docs: { needs: "write", takes: null, does: "commits documents, diagrams and fixtures to the branch" },
  seed: { needs: "write", takes: null, does: "the same: fixtures are made together with the documents" },
  pause: { needs: "maintain", takes: null, does: "reviews new commits of this pull request no more" },
  resume: { needs: "maintain", takes: null, does: "reviews them again" },
  help: { needs: "triage", takes: null, does: "shows this list" },
} as const satisfies Readonly<Record<string, CommandFacts>>;

interface CommandFacts {
  /** Least role on the repository; who opened the pull request may do what `triage` may. */
  readonly needs: Role;
  readonly takes: "query" | "question" | null;
  readonly does: string;
}

export type CommandName = keyof typeof commands;
const roles = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

export type ParsedCommand =
  | { readonly kind: "command"; readonly name: CommandName; readonly argument: string }
  /** A word for the person who asked: what is wrong with it. */
  | { readonly kind: "unclear"; readonly message: string };

/**
 * Reads `/querygenie <command> <argument>` from a comment's first line. A query may also stand in the first block of
 * code below it. Nothing of it is ever given to a shell.
 */
export function parseCommand(text: string): ParsedCommand {
  const [first = "", ...rest] = text.replaceAll("\r\n", "\n").split("\n");
  const [, word = "help", tail = ""] = /^\/querygenie(?:\s+(\S+)(?:\s+(.*))?)?\s*$/.exec(first) ?? [];
  const name = word.toLowerCase();
  if (!isCommand(name)) return { kind: "unclear", message: `There is no command ${quoted(word)}.` };
  const { takes } = commands[name];
  const argument = unquoted(tail) || (takes === null ? "" : blockOf(rest.join("\n")));
  if (takes !== null && argument === "") {
    return { kind: "unclear", message: `\`/querygenie ${name}\` needs a ${takes} behind it.` };
  }
  if (takes === null && argument !== "") {
    return { kind: "unclear", message: `\`/querygenie ${name}\` takes nothing behind it.` };
  }
  return { kind: "command", name, argument };
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** Whether somebody may give a command. */
export function mayCommand(name: CommandName, who: { readonly role: Role; readonly isAuthor: boolean }): boolean {
  const { needs } = commands[name];
  if (needs === "triage" && who.isAuthor) return true;
  return roles.indexOf(who.role) >= roles.indexOf(needs);
}

/** A role as GitHub names it; what we do not know counts for nothing. */
export const roleOf = (name: string): Role => roles.find((role) => role === name) ?? "none";

export const helpText = (): string =>
  [
    "| Command | Does | Who |",
    "|---|---|---|",
    ...Object.entries(commands).map(([name, { takes, does, needs }]) => {
      const who = needs === "triage" ? "who opened it, or triage" : needs;
      return `| \`/querygenie ${name}${takes === null ? "" : ` <${takes}>`}\` | ${does} | ${who} |`;
    }),
  ].join("\n");

/** The argument without one pair of quotes or backticks around the whole. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const mark = trimmed[0] ?? "";
  const isWrapped = /^["'`]$/.test(mark) && trimmed.length > 1 && trimmed.endsWith(mark);
  return isWrapped && !trimmed.slice(1, -1).includes(mark) ? trimmed.slice(1, -1).trim() : trimmed;
}

const blockOf = (text: string): string => /^```[^\n`]*\n([\s\S]*?)\n```\s*$/m.exec(text)?.[1]?.trim() ?? "";

/** Text of a stranger in a sentence of ours: it can neither mention anybody nor end the code. */
const quoted = (word: string): string => `\`${word.replaceAll("`", "").slice(0, 40)}\``;
