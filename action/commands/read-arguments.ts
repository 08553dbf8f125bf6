import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { closest } from "#schemas/closest.ts";
import { dialects } from "#schemas/model.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { Command, CommandInput, CommandOption } from "./command.ts";
import { globalOptions, type GlobalOptions } from "./global-options.ts";

export interface ReadArguments {
  readonly positionals: readonly string[];
  readonly values: CommandInput["values"];
  readonly globals: GlobalOptions;
  readonly wantsHelp: boolean;
}

/** The words after a command's name, checked against its options. */
export function readArguments(command: Command, words: readonly string[]): WithProblems<ReadArguments | null> {
  const options = optionsOf(command);
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: Problem[] = [];
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options[token.name];
    if (!option) problems.push(unknownOption(token.rawName, command, Object.keys(options)));
    else if (option.type === "string" && token.value === undefined)
      problems.push(wrong(`${token.rawName} needs a value`, option, command));
    else if (option.type === "boolean" && token.value !== undefined)
      problems.push(wrong(`${token.rawName} takes no value`, option, command));
    else if (option.oneOf && token.value !== undefined && !option.oneOf.includes(token.value)) {
      problems.push(wrong(`${token.rawName} cannot be "${token.value}"`, option, command));
    }
  }
  if (problems.length > 0) return { value: null, problems };
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const dialect = dialects.find((known) => known === text("dialect"));
  const config = text("config");
  const database = text("database");
  const sources = values["source"];
  const globals: GlobalOptions = {
    cwd: resolve(text("cwd") ?? "."),
    ...(config === undefined ? {} : { config }),
    ...(database === undefined ? {} : { database }),
    sources: Array.isArray(sources) ? sources.filter((value) => typeof value === "string") : [],
    ...(dialect === undefined ? {} : { dialect }),
    format: text("format"),
    offline: values["offline"] === true,
    strict: values["strict"] === true,
    quiet: values["quiet"] === true,
    verbose: values["verbose"] === true,
  };
  return { value: { positionals, values: plain(values), globals, wantsHelp: values["help"] === true }, problems: [] };
}

/** A command's own meaning of a common option keeps the short name of the latter. */
function optionsOf({ options }: Command): Readonly<Record<string, CommandOption>> {
  const own = Object.entries(options).map(([name, option]) => [name, { ...globalOptions[name], ...option }] as const);
  return { ...globalOptions, ...Object.fromEntries(own) };
}

/** Only what parseArgs knows; it refuses other keys. */
function parserOption({ type, short, multiple }: CommandOption) {
  return { type, ...(short === undefined ? {} : { short }), ...(multiple === undefined ? {} : { multiple }) };
}

function plain(values: Readonly<Record<string, unknown>>): CommandInput["values"] {
  const out: Record<string, string | boolean | readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string" || typeof value === "boolean") out[name] = value;
    else if (Array.isArray(value)) out[name] = value.filter((item) => typeof item === "string");
  }
  return out;
}

function unknownOption(raw: string, command: Command, known: readonly string[]): Problem {
  const near = closest(raw.replace(/^-+/, ""), known);
  const hint = near === null || near === undefined ? "" : `Did you mean --${near}? `;
  return usage(`${command.name} has no option ${raw}`, `${hint}querygenie ${command.name} --help lists them.`);
}

function wrong(message: string, option: CommandOption, command: Command): Problem {
  const allowed = option.oneOf ? `Allowed: ${option.oneOf.join(", ")}. ` : "";
  return usage(message, `${allowed}querygenie ${command.name} --help explains it.`);
}

/** A problem with how the command was called. */
export function usage(message: string, help: string): Problem {
  return { code: "QG120", severity: "error", message, help };
}
