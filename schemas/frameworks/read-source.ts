import picomatch from "picomatch/posix";
import { closest } from "../closest.ts";
import { compareNatural } from "./order.ts";
import { folderOf, nameOf } from "./listing.ts";
import { frameworks } from "./registry.ts";
import { narrowListing } from "./narrow-listing.ts";
import { suggestPath } from "./suggest-path.ts";
import type { FileListing } from "./listing.ts";
import type { Framework } from "./framework.ts";
import type { MigrationFile, SourceRef } from "../source.ts";
import type { Problem, ProblemSeverity, WithProblems } from "../problem.ts";

/** One source of a database, as the configuration names it or detection found it. */
export interface SourceSetting {
  /** Folder, file or glob, relative to the repository's root. */
  readonly path: string;
  readonly framework?: string | undefined;
  /** Scripts that run before everything else. */
  readonly prelude?: readonly string[] | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

export interface ReadSourceInput {
  readonly source: SourceSetting;
  readonly listing: FileListing;
  readonly engine: string;
  /** What to call the source in messages, such as `sources[0].path`, and where it is written. */
  readonly label?: string;
  readonly origin?: SourceRef | undefined;
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
  const path = normalise(input.source.path);
  if (path === null) return failed(leaves(input));
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
  const base = picomatch.scan(glob).base;
  const folders = new Set(listing.paths.map(folderOf));
  const [only = ""] = folders;
  if (input.source.framework !== undefined || folders.size === 1) {
    return readPlace(folders.size === 1 ? only : base, listing, input);
  }
  // Several folders and no framework: the names are all there is.
  const script = frameworks.find((framework) => framework.id === "script");
  const files = [...listing.paths].sort(compareNatural);
  const read = await Promise.all(files.map((path) => script?.read(readInput(path, listing, input)) ?? failed()));
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
  return read.value.length > 0 || read.problems.some((problem) => problem.severity === "error")
    ? read
    : { value: read.value, problems: [...read.problems, empty(input)] };
}

function readInput(
  path: string,
  listing: FileListing,
  { source, engine }: ReadSourceInput,
): Parameters<Framework["read"]>[0] {
  return { path, listing, engine, variables: source.variables ?? {} };
}

/** What fits the place best; a file or folder that nothing recognises is read as scripts by name. */
async function bestFor(path: string, listing: FileListing): Promise<Framework | undefined> {
  const isFile = listing.hasFile(path);
  const detected = isFile
    ? []
    : await Promise.all(
        frameworks.map(async (framework) => ({ framework, found: await framework.detect(path, listing) })),
      );
  const fits = detected.flatMap(({ framework, found }) =>
    found.filter((one) => one.path === path).map((one) => ({ framework, score: one.score })),
  );
  const [best] = fits.sort((a, b) => b.score - a.score);
  return best?.framework ?? frameworks.find((framework) => framework.id === (isFile ? "dump" : "script"));
}

async function readPrelude(path: string, input: ReadSourceInput): Promise<WithProblems<readonly MigrationFile[]>> {
  return readMain({ ...input, source: { path, variables: input.source.variables }, label: "prelude" });
}

/** Forward slashes, no leading `./`; null when the path leads out of the repository. */
export function normalise(path: string): string | null {
  const parts: string[] = [];
  if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) return null;
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function failed(...problems: readonly Problem[]): WithProblems<readonly MigrationFile[]> {
  return { value: [], problems };
}

function about(input: ReadSourceInput): string {
  return `${input.label ?? "source"} ${JSON.stringify(input.source.path)}`;
}

function problem(
  input: ReadSourceInput,
  facts: {
    readonly code: Problem["code"];
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly help: string;
  },
): Problem {
  return { ...facts, makesIncomplete: true, ...(input.origin && { origin: input.origin }) };
}

function missing(path: string, input: ReadSourceInput): Problem {
  const hint = suggestPath(path, input.listing);
  const suggestion = hint ? `Did you mean ${hint}? ` : "";
  const help = `${suggestion}querygenie init --force rewrites the sources.`;
  return problem(input, { code: "QG113", severity: "error", message: `${about(input)} does not exist`, help });
}

function leaves(input: ReadSourceInput): Problem {
  const help = "Write it relative to the repository's root, without a leading slash.";
  return problem(input, { code: "QG114", severity: "error", message: `${about(input)} leaves the repository`, help });
}

function empty(input: ReadSourceInput): Problem {
  const name = nameOf(input.source.path);
  const help = `Check the pattern ${JSON.stringify(name)}, or let querygenie init find the sources.`;
  return problem(input, { code: "QG111", severity: "error", message: `${about(input)} has no file to read`, help });
}

function unknownFramework(id: string, input: ReadSourceInput): Problem {
  const near = closest(
    id,
    frameworks.map((framework) => framework.id),
  );
  const known = frameworks.map((framework) => framework.id).join(", ");
  const help = `${near ? `Did you mean "${near}"? ` : ""}Known: ${known}.`;
  return problem(input, { code: "QG103", severity: "error", message: `"${id}" is no known framework`, help });
}
