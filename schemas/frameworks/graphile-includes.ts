import { joinPath, nameOf } from "./listing.ts";
import { keepLines, linesOf, misshapen } from "./file-parts.ts";
import type { Fill } from "./steps.ts";
import type { FileListing } from "./listing.ts";
import type { MigrationFile } from "../source.ts";
import type { Problem, WithProblems } from "../problem.ts";

interface Includes {
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly listing: FileListing;
  readonly fill: Fill;
}

const INCLUDE = /^--!\s*include\s+(\S+)\s*$/;

/**
 * Files with those they include in their place. A file is cut where it includes another, so that each statement keeps
 * the place where it is written.
 */
export async function withIncludes(
  files: readonly MigrationFile[],
  includes: Includes,
): Promise<WithProblems<readonly MigrationFile[]>> {
  const read = await Promise.all(files.map((file) => expand(file, includes, [file.path])));
  return { value: read.flatMap((one) => one.value), problems: read.flatMap((one) => one.problems) };
}

async function expand(
  file: MigrationFile,
  includes: Includes,
  within: readonly string[],
): Promise<WithProblems<readonly MigrationFile[]>> {
  const lines = linesOf(file.text);
  const marks = lines.flatMap((line, index) => {
    const name = INCLUDE.exec(line)?.[1];
    return name === undefined ? [] : [{ index, path: joinPath(includes.folder, name) }];
  });
  if (marks.length === 0) return { value: [file], problems: [] };
  const value: MigrationFile[] = [];
  const problems: Problem[] = [];
  const transaction = file.transaction === "none" ? "none" : "all";
  let from = 0;
  const takeOwn = (to: number): void => {
    const text = keepLines(file.text, (_, index) => index >= from && index < to);
    const version = value.length === 0 ? file.version : `${file.version} from line ${from + 1}`;
    if (text.trim() !== "") value.push({ ...file, version, transaction, text });
  };
  for (const { index, path } of marks) {
    takeOwn(index);
    from = index + 1;
    const inner = await includedFile({ path, version: `${file.version} ${path}`, transaction }, includes, within);
    if (inner.value === null) {
      const help = "Paths are relative to the folder fixtures; a file may not include itself.";
      problems.push(misshapen(file.path, `${nameOf(path)} cannot be included`, help, index + 1));
      continue;
    }
    const expanded = await expand(inner.value, includes, [...within, path]);
    value.push(...expanded.value);
    problems.push(...inner.problems, ...expanded.problems);
  }
  takeOwn(lines.length);
  return { value, problems };
}

async function includedFile(
  step: Pick<MigrationFile, "path" | "version" | "transaction">,
  { listing, fill }: Includes,
  within: readonly string[],
): Promise<WithProblems<MigrationFile | null>> {
  const isInside = !step.path.split("/").includes("..") && !within.includes(step.path);
  const { value, problems } = isInside ? await listing.read(step.path) : { value: null, problems: [] };
  if (!value) return { value: null, problems };
  const filled = fill(value);
  return { value: { ...step, text: filled.value.text }, problems: [...problems, ...filled.problems] };
}
