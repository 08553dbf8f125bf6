/** The terminal's edge: reads arguments, runs one command, prints and exits. */
import { commands } from "./commands/registry.ts";
import type { Command, CommandResult } from "./commands/command.ts";
import { commandHelp, overview } from "./commands/help.ts";
import { readArguments } from "./commands/read-arguments.ts";
import { EngineError } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { openProject } from "./project.ts";
import { projectWorld } from "./project-world.ts";
import { processTerminal } from "./terminal/process-terminal.ts";
import { problemLines, scrub } from "./terminal/render-problem.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { toolVersion } from "./tool-version.ts";

/** More notes than this are counted, not listed. */
const SHOWN_INFOS = 5;

// Not awaited at the top: in the bundle a command's chunk imports this file, and would wait for it to end.
void run();

async function run(): Promise<void> {
  // Who reads through `head` closes the pipe when it has enough: that is no fault of anybody.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.exitCode = await main(process.argv.slice(2));
}

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === "--version" || name === "-v") return print(toolVersion());
  if (name === undefined || name === "help" || name.startsWith("-")) {
    const topic = name === "help" ? await find(rest[0]) : undefined;
    return print(topic ? commandHelp(topic) : overview(commands));
  }
  const plain = processTerminal({ quiet: false });
  const command = await find(name);
  if (!command) return fail(plain, [unknownCommand(name)], 2);
  const read = readArguments(command, rest);
  if (read.problems.length > 0 || !read.value) return fail(plain, read.problems, 2);
  if (read.value.wantsHelp) return print(commandHelp(command));
  const { globals, values, positionals } = read.value;
  const terminal = processTerminal({ quiet: globals.quiet });
  try {
    const world = await projectWorld(globals, terminal.progress);
    const result = await command.run({
      positionals,
      values,
      globals,
      terminal,
      project: (flags = {}, options = {}) =>
        openProject(world, {
          ...options,
          flags: {
            ...flags,
            sources: globals.sources,
            offline: globals.offline,
            ...(globals.dialect ? { dialect: globals.dialect } : {}),
          },
          ...(globals.config === undefined ? {} : { configPath: globals.config }),
          ...(globals.database === undefined ? {} : { database: globals.database }),
        }),
    });
    return conclude(terminal, result, globals.strict, globals.verbose);
  } catch (error) {
    return crash(terminal, error, globals.verbose);
  }
}

function conclude(
  terminal: Terminal,
  { exitCode, problems = [] }: CommandResult,
  strict: boolean,
  verbose: boolean,
): number {
  const infos = problems.filter(({ severity }) => severity === "info");
  const shown = verbose
    ? problems
    : [...problems.filter(({ severity }) => severity !== "info"), ...infos.slice(0, SHOWN_INFOS)];
  for (const problem of shown) terminal.progress.problem(problem);
  if (shown.length < problems.length && !verbose) {
    terminal.say(terminal.colour.dim(`· ${problems.length - shown.length} more notes: --verbose shows them`));
  }
  const isPartial = problems.some(({ severity }) => severity !== "info");
  return exitCode === 0 && strict && isPartial ? 2 : exitCode;
}

function crash(terminal: Terminal, error: unknown, verbose: boolean): number {
  if (error instanceof ProblemError) return fail(terminal, error.problems, error.exitCode);
  const message = error instanceof Error ? error.message : String(error);
  const isEngine = error instanceof EngineError;
  const problem: Problem = {
    code: isEngine ? "QG303" : "QG304",
    severity: "error",
    message,
    help: isEngine
      ? "querygenie doctor checks the engine."
      : "This is a fault of QueryGenie. --verbose shows where; please report it.",
  };
  fail(terminal, [problem], 3);
  if (verbose && error instanceof Error) terminal.say(scrub(error.stack ?? ""));
  return 3;
}

function fail(terminal: Terminal, problems: readonly Problem[], exitCode: number): number {
  for (const problem of problems) for (const line of problemLines(problem, terminal.colour)) terminal.say(line);
  return exitCode;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

async function find(name: string | undefined): Promise<Command | undefined> {
  return await commands.find((command) => command.name === name)?.load();
}

function unknownCommand(name: string): Problem {
  const known = commands.map((command) => command.name).join(", ");
  return { code: "QG120", severity: "error", message: `there is no command "${name}"`, help: `Commands: ${known}.` };
}
