import picomatch from "picomatch/posix.js";
import { compareNatural, compareText } from "./order.ts";
import { dump } from "./dump.ts";
import { folderOf } from "./listing.ts";
import { frameworks } from "./registry.ts";
import { narrowListing } from "./narrow-listing.ts";
import { normalisePath } from "./normalise-path.ts";
import { datasources, prismaSchema } from "./prisma-schema.ts";
import { readCommand } from "./read-command.ts";
import { script } from "./script.ts";
import { empty, leaves, missing, unknownFramework } from "./source-problems.ts";
import type { FileListing } from "./listing.ts";
import type { Framework, ReadInput } from "./framework.ts";
import type { MigrationFile } from "../source.ts";
import type { Trust } from "../ports.ts";
import type { Problem, WithProblems } from "../problem.ts";
import type { SourceMention } from "./source-problems.ts";

/** One source of a database, as the configuration names it or detection found it. */
export interface SourceSetting {
  /** Folder, file or glob, relative to the repository's root. */
  readonly path: string;
  readonly framework?: string | undefined;
  /** Prints the SQL in place of the files. */
  readonly command?: string | undefined;
  /** Scripts that run before everything else. */
  readonly prelude?: readonly string[] | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

export interface ReadSourceInput extends SourceMention {
  readonly source: SourceSetting;
  readonly engine: string;
  /** Whether programs of the repository may run. Absent: not. */
  readonly trust?: Trust | undefined;
}

/** Every file of a source in its runner's order, preludes first. */
export async function readSource(input: ReadSourceInput): Promise<WithProblems<readonly MigrationFile[]>> {
  const preludes = await Promise.all((input.source.prelude ?? []).map((path) => readPrelude(path, input)));
  const main = await readMain(input);
  return {
    value: [...preludes.flatMap((prelude) => prelude.value), ...main.value],
    problems: [...preludes.flatMap((prelude) => prelude.problems), ...main.problems],
  };
}

async function readMain(input: ReadSourceInput): Promise<WithProblems<readonly MigrationFile[]>> {
  const path = normalisePath(input.source.path);
  if (path === null) return failed(leaves(input));
  if (input.source.command !== undefined) return readCommand(path, input.source.command, input);
  const { listing } = input;
  const isGlob = picomatch.scan(path).isGlob && !listing.hasFile(path) && !listing.hasFolder(path);
  if (isGlob) return readGlob(path, input);
  if (!listing.hasFile(path) && !listing.hasFolder(path)) return failed(missing(path, input));
  return readPlace(path, listing, input);
}

async function readGlob(glob: string, input: ReadSourceInput): Promise<WithProblems<readonly MigrationFile[]>> {
  const matches = picomatch(glob, { dot: true });
  const listing = narrowListing(input.listing, (path) => matches(path));
  if (listing.paths.length === 0) return failed(empty(input));
  const folders = [...new Set(listing.paths.map(folderOf))];
  const [place = ""] = folders.length === 1 ? folders : [picomatch.scan(glob).base];
  const { framework } = input.source;
  if (framework !== undefined || (await detectedAt(place, listing))) return readPlace(place, listing, input);
  // No framework knows the files: their names are all there is.
  const files = [...listing.paths].sort((a, b) => compareNatural(a, b) || compareText(a, b));
  const read = await Promise.all(files.map((path) => script.read(readInput(path, listing, input))));
  return { value: read.flatMap((one) => one.value), problems: read.flatMap((one) => one.problems) };
}

async function readPlace(
  path: string,
  listing: FileListing,
  input: ReadSourceInput,
): Promise<WithProblems<readonly MigrationFile[]>> {
  const wanted = input.source.framework;
  const framework = wanted === undefined ? await bestFor(path, listing) : frameworks.find(({ id }) => id === wanted);
  if (!framework) return failed(unknownFramework(wanted ?? "", input));
  const read = await framework.read(readInput(path, listing, input));
  const { prelude } = framework;
  if (prelude && read.value.length > 0) return { value: [prelude, ...read.value], problems: read.problems };
  const says = read.value.length > 0 || read.problems.some((one) => one.severity === "error");
  return says ? read : { value: read.value, problems: [...read.problems, empty(input)] };
}

/** What fits the place best; a file or a folder that nothing recognises is read as scripts by name. */
async function bestFor(path: string, listing: FileListing): Promise<Framework> {
  if (listing.hasFile(path)) return (await detectedAt(path, listing, folderOf(path), isDeclared)) ?? dump;
  const found = (await detectedAt(path, listing)) ?? (await detectedAt(path, listing, path, isFolderSchema));
  return found ?? ((await holdsPrismaSchema(path, listing)) ? prismaSchema : script);
}

const isDeclared = ({ kind }: Framework): boolean => kind === "declared";
/** A schema whose one file speaks for its whole folder. */
const isFolderSchema = ({ id }: Framework): boolean => id === "prisma-schema";

/** A folder of Prisma's whose datasource is in a folder below it. */
async function holdsPrismaSchema(folder: string, listing: FileListing): Promise<boolean> {
  const below = listing.paths.filter((one) => one.endsWith(".prisma") && one.startsWith(`${folder}/`));
  return below.length > 0 && (await datasources(below, listing)).length === 1;
}

/** What recognises the place itself, or for the schema of a folder its file. */
async function detectedAt(
  place: string,
  listing: FileListing,
  folder = place,
  isWanted: (framework: Framework) => boolean = () => true,
): Promise<Framework | null> {
  let best: Framework | null = null;
  let score = 0;
  for (const framework of frameworks.filter((one) => isWanted(one))) {
    const found = await framework.detect(folder, listing);
    for (const one of found) {
      const isHere = one.path === place || (isFolderSchema(framework) && folderOf(one.path) === place);
      if (isHere && one.score > score) [best, score] = [framework, one.score];
    }
  }
  return best;
}

function readInput(path: string, listing: FileListing, { source, engine, trust }: ReadSourceInput): ReadInput {
  return { path, listing, engine, variables: source.variables ?? {}, trust };
}

async function readPrelude(path: string, input: ReadSourceInput): Promise<WithProblems<readonly MigrationFile[]>> {
  const read = await readMain({ ...input, source: { path, variables: input.source.variables }, label: "prelude" });
  return { value: read.value.map((file) => ({ ...file, isPrelude: true })), problems: read.problems };
}

function failed(...problems: readonly Problem[]): WithProblems<readonly MigrationFile[]> {
  return { value: [], problems };
}
