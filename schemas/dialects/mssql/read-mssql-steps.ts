import type { MigrationFile } from "../../source.ts";
import type { ReadSteps } from "../read-steps.ts";
import { toSteps, type Placed } from "../to-steps.ts";
import { readMssqlModel, type MssqlOptions } from "./read-mssql-model.ts";

/** The models before and after new files, and what each of their statements says. */
export function readMssqlSteps(
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  options: MssqlOptions = {},
): ReadSteps {
  const placed = new Map<MigrationFile, Placed[]>(files.map((file) => [file, []]));
  const { model: base } = readMssqlModel(history, options);
  const after = readMssqlModel([...history, ...files], options, ({ file, statement, text, outer, isTried, batch }) => {
    const end = outer.end ?? outer.at;
    placed.get(file)?.push({
      start: outer.at,
      end,
      source: {
        kind: "mssql",
        statement,
        text: text.slice(statement.at, statement.end ?? text.length),
        whole: text,
        isTried,
        batch,
      },
    });
  });
  const paths = new Set(files.map(({ path }) => path));
  return {
    base,
    head: after.model,
    files: files.map((file) => ({ file, statements: toSteps(file, placed.get(file) ?? [], false) })),
    problems: after.problems.filter(({ origin }) => origin !== undefined && paths.has(origin.file)),
  };
}
