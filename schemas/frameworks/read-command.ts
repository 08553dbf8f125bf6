import type { Trust } from "../ports.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { MigrationFile, SourceRef } from "../source.ts";

/** Long enough for a framework to start, short enough not to hold a run up. */
const LONGEST_COMMAND_MS = 120_000;

/** The SQL that a configured command prints. Its lines are those of the output, under the source's path. */
export async function readCommand(
  path: string,
  command: string,
  { trust, origin }: { readonly trust?: Trust | undefined; readonly origin?: SourceRef | undefined },
): Promise<WithProblems<readonly MigrationFile[]>> {
  const told = (message: string, help: string): WithProblems<readonly MigrationFile[]> => {
    const problem: Problem = { code: "QG724", severity: "error", message, help, makesIncomplete: true };
    return { value: [], problems: [{ ...problem, ...(origin ? { origin } : {}) }] };
  };
  if (trust?.kind !== "trusted") {
    const why = trust?.why ?? "nothing said that the event is trusted";
    return told(
      `the command of ${path} was not run: ${why}`,
      "Commit the SQL that it prints and name that file as the source.",
    );
  }
  const output = await trust.run({ kind: "shell", command, folder: "", timeoutMs: LONGEST_COMMAND_MS });
  if (output.timedOut) {
    return told(
      `the command of ${path} ran longer than ${LONGEST_COMMAND_MS / 1000} seconds and was stopped`,
      "Run it in a step of its own and name the file it writes.",
    );
  }
  if (output.exitCode !== 0) {
    const last = output.stderr.trim().split("\n").at(-1)?.trim() ?? "";
    const how = output.exitCode === null ? "could not be started" : `ended with ${output.exitCode}`;
    return told(
      `the command of ${path} ${how}${last === "" ? "" : `: ${last}`}`,
      "Run it at the repository's root to see all that it says.",
    );
  }
  if (output.stdout.trim() === "")
    return told(`the command of ${path} printed nothing`, "It has to print SQL on its standard output.");
  return { value: [{ path, text: output.stdout, version: path, transaction: "none" }], problems: [] };
}
