import { ignoresOf, type IgnoredPlace } from "#generators/lint/ignored-places.ts";
import { readerOf } from "#schemas/dialects/readers.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { ProjectDatabase } from "./project.ts";

/** Places of a database's files in which a comment silences rules. Only files that have such a comment are cut. */
export function lintIgnores({ files, settings }: Pick<ProjectDatabase, "files" | "settings">): readonly IgnoredPlace[] {
  const marked = files.filter(({ text }) => text.includes("querygenie-ignore"));
  if (marked.length === 0) return [];
  return statementsOf(marked, settings).flatMap(({ path, statements }) => ignoresOf(path, statements));
}

interface CutFile {
  readonly path: string;
  readonly statements: readonly SplitStatement[];
}

function statementsOf(
  files: readonly MigrationFile[],
  { dialect, engineVersion }: ProjectDatabase["settings"],
): readonly CutFile[] {
  const { readSteps } = readerOf(dialect);
  if (!readSteps) return files.map((file) => ({ path: file.path, statements: cut(file) }));
  const steps = readSteps([], files, engineVersion === undefined ? {} : { engineVersion });
  return steps.files.map(({ file, statements }) => {
    return { path: file.path, statements: statements.map(({ statement }) => statement) };
  });
}

function cut(file: MigrationFile): readonly SplitStatement[] {
  const options = file.firstLine === undefined ? {} : { firstLine: file.firstLine };
  return splitStatements({ path: file.path, text: file.text }, options).statements;
}
