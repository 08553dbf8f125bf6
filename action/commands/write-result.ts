import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ProblemError } from "#schemas/problem.ts";
import type { CommandInput, CommandOption } from "./command.ts";
import { usage } from "./read-arguments.ts";

/** For commands whose result can be a file. */
export const outOption: CommandOption = {
  type: "string",
  short: "o",
  value: "FILE",
  help: "Write into this file, relative to the working folder, in place of printing.",
};

/**
 * Prints a result, or writes it into the file of `--out`. Bytes are not printed: they would ruin a terminal. Throws
 * `ProblemError`, exit 2 for bytes without a file, 3 (QG602) when the file cannot be written.
 */
export async function writeResult(
  { values, globals, terminal }: Pick<CommandInput, "values" | "globals" | "terminal">,
  result: string | Uint8Array,
): Promise<void> {
  const file = values["out"];
  if (typeof file !== "string") {
    if (typeof result === "string") return terminal.result(result);
    const help = `Write --format ${globals.format ?? "png"} --out schema.${globals.format ?? "png"}`;
    throw new ProblemError([usage("this format is no text and needs --out FILE", help)], 2);
  }
  const path = resolve(globals.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(
      path,
      typeof result === "string" && result !== "" && !result.endsWith("\n") ? `${result}\n` : result,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const help = "Check that the folder exists, that the disk has room, and that you may write there.";
    throw new ProblemError([{ code: "QG602", severity: "error", message: `cannot write ${file}: ${why}`, help }], 3);
  }
  terminal.progress.finish("out", file);
}
