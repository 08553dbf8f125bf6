import { codeProblems } from "./code-framework.ts";
import { compareText } from "./order.ts";
import { folderOf, isWithin, nameOf } from "./listing.ts";
import { frameworks } from "./registry.ts";
import { groupByDatabase } from "./group-sources.ts";
import type { Detection, Framework } from "./framework.ts";
import type { FileListing } from "./listing.ts";
import { dialects, type Dialect } from "../model.ts";
import type { Problem, WithProblems } from "../problem.ts";

/** One database found in a repository, and how to read it. */
export interface DetectedSource extends Detection {
  /** Suggested id: `main` when there is one database, else from the path. */
  readonly id: string;
  /** Other readings of the same database, such as a dump beside the history; the best first. */
  readonly alternates: readonly Detection[];
  /** The same layout for other engines, by path. */
  readonly variants: readonly Detection[];
}

export interface DetectInput {
  readonly listing: FileListing;
  /**
   * The engine whose schemas are wanted: `postgres`, `mysql`, `mssql`. A layout that names no engine counts as this one.
   * Default: PostgreSQL, or where nothing is for it the engine that the clearest layout is for.
   */
  readonly engine?: string | undefined;
}

/** What is looked for once an engine is chosen. */
export interface ChosenInput {
  readonly listing: FileListing;
  readonly engine: string;
}

/** Finds every database of one engine without configuration. An empty value comes with the problem that says why. */
export async function detectSources({
  listing,
  engine: wanted,
}: DetectInput): Promise<WithProblems<readonly DetectedSource[]>> {
  const found = await detectAll(listing);
  const engine = wanted ?? likeliestEngine(found);
  const input = { listing, engine };
  const usable = found.filter((one) => one.engine === null || one.engine === input.engine);
  const real = usable.filter((one) => !SIDE_FOLDERS.test(folderOf(one.path)));
  const chosen = strongest(real.length > 0 ? real : usable);
  const code = (await detectKind("code", input.listing.folders, input.listing)).filter(
    (one) => !SIDE_FOLDERS.test(one.path) && !found.some((other) => standsFor(other, one)),
  );
  if (chosen.length === 0) {
    const problems = [nothingFound(input, found), ...codeProblems(code, frameworks, "error")];
    return { value: [], problems: [...problems, ...(await unreadable(input.listing))] };
  }
  const others = found.filter((one) => one.engine !== null && one.engine !== input.engine);
  const { value: grouped, problems } = await groupByDatabase({ ...input, chosen, others });
  const value = grouped.map((one) => ({ ...one, engine: one.engine ?? engine }));
  const left = wanted === undefined ? leftOut(others, value) : [];
  return { value, problems: [...problems, ...left, ...codeProblems(code, frameworks, "warning")] };
}

/** Schemas of other engines that are no other form of one that is read: a configuration has to name them. */
function leftOut(others: readonly Detection[], value: readonly DetectedSource[]): readonly Problem[] {
  const known = new Set(value.flatMap(({ variants }) => variants));
  const left = others.filter(
    (one) => !known.has(one) && isReadable(one.engine ?? "") && !SIDE_FOLDERS.test(folderOf(one.path)),
  );
  return [...new Map(left.map((one) => [one.path, one])).values()].map(({ path, engine, framework }) => ({
    code: "QG117",
    severity: "info",
    message: `${path || "the root"} holds a schema for ${engine} and was left out`,
    help: `To read it too, name both under databases in querygenie.yml: { id: …, dialect: ${engine}, sources: [{ path: ${path || "."}, framework: ${framework} }] }.`,
  }));
}

function likeliestEngine(found: readonly Detection[]): string {
  const real = found.filter((one) => !SIDE_FOLDERS.test(folderOf(one.path)));
  // The clearest come first.
  const engines = (real.length > 0 ? real : found).map(({ engine }) => engine ?? FIRST_ENGINE);
  return engines.includes(FIRST_ENGINE) ? FIRST_ENGINE : (engines.find(isReadable) ?? FIRST_ENGINE);
}

const FIRST_ENGINE: Dialect = "postgres";
const isReadable = (engine: string): boolean => dialects.some((one) => one === engine);

/** True when the source is in the place where the code's own SQL would be: a dump above it, or SQL beside or in it. */
function standsFor(source: Detection, code: Detection): boolean {
  if (isWithin(source.path, code.path)) return true;
  const place = folderOf(source.path);
  return place === "" ? source.path.endsWith(".sql") : code.path.startsWith(`${place}/`);
}

/** Folders that hold SQL for tests or reading, not the schema; used only when nothing else is there. */
const SIDE_FOLDERS =
  /(?:^|\/)(?:testdata|tests?|__tests__|spec|fixtures?|examples?|samples?|docs?|bench(?:marks?)?|vendor)(?:\/|$)/i;

/** All places, whatever their engine. Dumps are not looked for below a history: what lies there belongs to it. */
export async function detectAll(listing: FileListing): Promise<readonly Detection[]> {
  const histories = await detectKind("history", listing.folders, listing);
  const outermost = histories.filter((one) => !histories.some((other) => contains(other, one)));
  const outside = listing.folders.filter((folder) => !outermost.some((one) => isBelow(folder, one.path)));
  const dumps = await detectKind("dump", outside, listing);
  const declared = await detectKind("declared", listing.folders, listing);
  const claimed = new Set(outermost.map((one) => one.path));
  const named = new Set(dumps.filter((one) => one.framework === "dump").map((one) => one.path));
  const free = dumps.filter(
    (one) => one.framework !== "script" || (!claimed.has(folderOf(one.path)) && !named.has(one.path)),
  );
  return [...outermost, ...free, ...declared].sort((a, b) => b.score - a.score || compareText(a.path, b.path));
}

/** A folder below a history is its test data, unless it names another engine. */
function contains(outer: Detection, inner: Detection): boolean {
  if (!isBelow(inner.path, outer.path)) return false;
  return inner.engine === null || inner.engine === outer.engine || outer.framework === inner.framework;
}

const isBelow = (path: string, folder: string): boolean => path !== folder && isWithin(path, folder);

async function detectKind(
  kind: Framework["kind"],
  folders: readonly string[],
  listing: FileListing,
): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const folder of folders) {
    for (const framework of frameworks) {
      if (framework.kind === kind) found.push(...(await framework.detect(folder, listing)));
    }
  }
  return found;
}

/** A lone script counts only where nothing says more; a document in DBML says less. */
function strongest(found: readonly Detection[]): readonly Detection[] {
  const hasMore = found.some((one) => one.framework !== "script" && one.framework !== "dbml");
  return hasMore ? found.filter((one) => one.framework !== "script") : found;
}

function nothingFound({ listing, engine }: ChosenInput, others: readonly Detection[]): Problem {
  const scripts = listing.paths.filter((path) => /\.sql$/i.test(path));
  const names = [...new Set(others.map((one) => one.engine))].join(", ");
  const seen = others.length > 0 ? `; only schemas for ${names} were found` : `; ${counted(scripts)}`;
  return {
    code: "QG110",
    severity: "error",
    message: `no ${engine} schema or migrations were found${seen}`,
    help: "Name the folder or file with --source, or under sources in querygenie.yml.",
  };
}

/** A schema that is there and cannot be read, being binary or too large, is the likeliest reason for finding none. */
async function unreadable(listing: FileListing): Promise<readonly Problem[]> {
  const scripts = listing.paths.filter((path) => /\.sql$/i.test(path)).slice(0, TRIED_SCRIPTS);
  const read = await Promise.all(scripts.map((path) => listing.read(path)));
  return read.flatMap(({ value, problems }) => (value === null ? problems : []));
}
const TRIED_SCRIPTS = 20;

function counted(scripts: readonly string[]): string {
  if (scripts.length === 0) return "the repository has no .sql file";
  const folders = [...new Set(scripts.map((path) => folderOf(path) || "the root"))].slice(0, 3);
  const more =
    scripts.length === 1
      ? `the one .sql file is ${nameOf(scripts[0] ?? "")}`
      : `${scripts.length} .sql files lie in ${folders.join(", ")}`;
  return `${more}, in no layout that is known`;
}
