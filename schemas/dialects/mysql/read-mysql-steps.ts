import type { MigrationFile } from "../../source.ts";
import type { ReadSteps } from "../read-steps.ts";
import { toSteps, type Placed } from "../to-steps.ts";
import type { MysqlVersion } from "./facts.ts";
import { readMysqlModel } from "./read-mysql-model.ts";
import { createRowVersions } from "./row-versions.ts";

/** The models before and after new files, and what each of their statements says. */
export function readMysqlSteps(
  history: readonly MigrationFile[],
  files: readonly MigrationFile[],
  version: MysqlVersion,
): ReadSteps {
  const placed = new Map<MigrationFile, Placed[]>(files.map((file) => [file, []]));
  const versions = createRowVersions();
  const { model: base } = readMysqlModel(history, version);
  const after = readMysqlModel([...history, ...files], version, (step) => {
    const { source, file, ...said } = step;
    const end = source.offset + source.text.length;
    const version = versions.next(step);
    const counted = version === undefined ? {} : { rowVersions: version };
    placed.get(file)?.push({ start: source.offset, end, source: { kind: "mysql", ...said, ...counted } });
  });
  const paths = new Set(files.map(({ path }) => path));
  return {
    base,
    head: after.model,
    files: files.map((file) => ({ file, statements: toSteps(file, placed.get(file) ?? [], true) })),
    problems: after.problems.filter(({ origin }) => origin !== undefined && paths.has(origin.file)),
  };
}
