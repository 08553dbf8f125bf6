import { engineOfPath, engineOfWord } from "./engine-name.ts";
import { nameOf, joinPath } from "./listing.ts";
import { sniffSql } from "./sniff.ts";
import type { FileListing } from "./listing.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { MigrationFile, SourceFile, TransactionMode } from "../source.ts";

/** One step as its files' names tell it, before anything is read. */
export interface Step {
  readonly version: string;
  readonly up: string;
  readonly down?: string;
}

export type Fill = (file: SourceFile) => WithProblems<SourceFile>;

/** What the runner applies of one file. Lines that are left out are empty, so that places stay those of the file. */
export interface FilePart {
  readonly text: string;
  readonly down?: string;
  /** When the file itself says it. */
  readonly transaction?: TransactionMode;
}
export type Cut = (file: SourceFile) => WithProblems<FilePart>;

/** Scripts are taken as they are: the framework knows no placeholders. */
export const untouched: Fill = (value) => ({ value, problems: [] });

/** Reads the steps in the order given. A step whose file cannot be read is left out with its problem. */
export async function readSteps(input: {
  readonly listing: FileListing;
  readonly steps: readonly Step[];
  readonly transaction: (text: string) => TransactionMode;
  readonly fill: Fill;
  /** Default: the whole file. */
  readonly cut?: Cut;
}): Promise<WithProblems<readonly MigrationFile[]>> {
  const value: MigrationFile[] = [];
  const problems: Problem[] = [];
  for (let from = 0; from < input.steps.length; from += READ_AT_ONCE) {
    const batch = input.steps.slice(from, from + READ_AT_ONCE);
    for (const read of await Promise.all(batch.map((step) => readStep(step, input)))) {
      problems.push(...read.problems);
      if (read.value) value.push(read.value);
    }
  }
  return { value, problems };
}

/** Enough to keep a disk busy, few enough for the usual limit of open files. */
const READ_AT_ONCE = 32;

async function readStep(
  step: Step,
  { listing, transaction, fill, cut = whole }: Parameters<typeof readSteps>[0],
): Promise<WithProblems<MigrationFile | null>> {
  const { value: file, problems } = await listing.read(step.up);
  if (!file) return { value: null, problems };
  const part = cut(file);
  const up = fill({ path: file.path, text: part.value.text });
  const undo = part.value.down === undefined ? await readDown(step, listing) : { ...file, text: part.value.down };
  // What is wrong with a down part costs the history nothing, so its problems are not reported.
  const down = undo && fill(undo).value;
  const value = {
    ...up.value,
    version: step.version,
    transaction: part.value.transaction ?? transaction(up.value.text),
    ...(down && { down }),
  };
  return { value, problems: [...problems, ...part.problems, ...up.problems] };
}

const whole: Cut = ({ text }) => ({ value: { text }, problems: [] });

async function readDown(step: Step, listing: FileListing): Promise<SourceFile | null> {
  return step.down === undefined ? null : (await listing.read(step.down)).value;
}

/** The engine that the folder's path or, when it is silent, the first of its files shows. */
export async function engineOfFiles(listing: FileListing, paths: readonly string[]): Promise<string | null> {
  const [first = ""] = paths;
  const named = engineOfPath(first);
  if (named) return named;
  for (const path of paths.slice(0, SNIFFED_FILES)) {
    const { value } = await listing.read(path);
    const engine = value && sniffSql(value.text).engine;
    if (engine) return engine;
  }
  return null;
}

/** How many files are opened to guess an engine: the first often holds only an extension or a setting. */
const SNIFFED_FILES = 5;

/** A file of the folder that the runner never applies. */
export function orphan(path: string, why: string): Problem {
  return {
    code: "QG210",
    severity: "warning",
    message: `${nameOf(path)} is not part of the history: ${why}`,
    help: "Remove or rename it, or leave it when it is meant to stay out.",
    origin: { file: path, line: 1, column: 1 },
  };
}

/** A step written in a programming language, which cannot be replayed. */
export function codeMigration(path: string): Problem {
  return {
    code: "QG209",
    severity: "warning",
    message: `${nameOf(path)} is a migration in code and was not replayed`,
    help: "If it changes the schema, add a dump of the schema as the source instead.",
    origin: { file: path, line: 1, column: 1 },
    makesIncomplete: true,
  };
}

function duplicate(path: string, other: string, version: string): Problem {
  return {
    code: "QG215",
    severity: "warning",
    message: `${nameOf(path)} and ${nameOf(other)} both claim version ${version}`,
    help: "Give one of them a version of its own; the order between them is not certain.",
    origin: { file: path, line: 1, column: 1 },
  };
}

/** Files of a folder that no pattern took: SQL is an orphan, code with a version in front is a migration in code. */
export function leftovers(input: {
  readonly listing: FileListing;
  readonly folder: string;
  readonly taken: ReadonlySet<string>;
  readonly code: RegExp;
  readonly why: string;
  readonly engine: string;
}): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of input.listing.filesIn(input.folder)) {
    if (input.taken.has(name)) continue;
    const path = joinPath(input.folder, name);
    const other = engineOfWord(name);
    if (other !== null && other !== input.engine) continue;
    if (input.code.test(name)) problems.push(codeMigration(path));
    else if (/\.(?:pg)?sql$/i.test(name)) problems.push(orphan(path, input.why));
  }
  return problems;
}

/** Steps in order whose version equals the one before, as the framework compares them. */
export function duplicates(steps: readonly Step[], compare: (a: string, b: string) => number): readonly Problem[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    return before && compare(before.version, step.version) === 0 ? [duplicate(step.up, before.up, step.version)] : [];
  });
}
