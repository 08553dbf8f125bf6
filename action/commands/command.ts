import type { ParseArgsOptionsConfig } from "node:util";
import type { ConfigFlags } from "#schemas/config/resolve.ts";
import type { Problem } from "#schemas/problem.ts";
import type { OpenOptions, Project } from "../project.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";

/** What a command is given. Values are as `parseArgs` gives them, already checked against `options`. */
export interface CommandInput {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly globals: GlobalOptions;
  readonly terminal: Terminal;
  /** Opens the repository, with the command's own options in place of the configuration's; throws `ProblemError`. */
  readonly project: (flags?: ConfigFlags, options?: Pick<OpenOptions, "allowEmpty">) => Promise<Project>;
}

export interface CommandResult {
  /** 0 done · 1 findings, stale output, differences · 2 usage, config, input · 3 could not work. */
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Printed on stderr after the command, and counted by `--strict`. */
  readonly problems?: readonly Problem[];
}

/** One command of the terminal. */
export interface Command {
  /** What is typed, such as `build`; the file's name. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** After the name, such as `<base> <head>`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Lines to copy, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  run(input: CommandInput): Promise<CommandResult>;
}

/** A command in the list: what the overview shows, and the rest when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export type CommandOption = ParseArgsOptionsConfig[string] & {
  /** Shown in `--help`. */
  readonly help: string;
  /** What the value is called, such as `DIR`. */
  readonly value?: string;
  /** The values that are allowed. */
  readonly oneOf?: readonly string[];
};
