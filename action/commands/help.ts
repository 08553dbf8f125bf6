import type { Command, CommandEntry, CommandOption } from "./command.ts";
import { globalOptions } from "./global-options.ts";

/** What `querygenie` alone prints. */
export function overview(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "QueryGenie keeps a database documented, reviewed, seeded and askable from its own git repository.",
    "",
    "Usage: querygenie <command> [options]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "querygenie help <command> shows its options and examples.",
    "Exit codes: 0 done · 1 findings, stale files or differences · 2 wrong usage, configuration or input · 3 could not work.",
  ].join("\n");
}

export function commandHelp({ name, summary, usage, options, examples }: Command): string {
  return [
    summary,
    "",
    `Usage: querygenie ${name}${usage === "" ? "" : ` ${usage}`} [options]`,
    "",
    ...(Object.keys(options).length === 0 ? [] : ["Options", ...optionLines(options), ""]),
    "Everywhere",
    ...optionLines(globalOptions),
    "",
    "Examples",
    ...examples.map(([line, does]) => `  ${line}\n      ${does}`),
  ].join("\n");
}

const COLUMN = 26;

function optionLines(options: Readonly<Record<string, CommandOption>>): readonly string[] {
  return Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    const value = option.type === "boolean" ? "" : ` ${option.oneOf?.join("|") ?? option.value ?? "VALUE"}`;
    const head = `  ${short}--${name}${value}`;
    return head.length < COLUMN
      ? `${head.padEnd(COLUMN)}${option.help}`
      : `${head}\n${" ".repeat(COLUMN)}${option.help}`;
  });
}
