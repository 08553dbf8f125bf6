import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sampleQueries, siteAnswers, type SiteAnswers } from "#generators/site-data/answers.ts";
import { collectSiteData } from "#generators/site-data/collect-site-data.ts";
import { SITE_DATA_FOLDER, type SiteInfo } from "#generators/site-data/contract.ts";
import { siteData } from "#generators/site-data/site-data.ts";
import { GUIDE_FILES } from "#generators/guides/guide.ts";
import { lintDatabase } from "#generators/lint/lint-database.ts";
import { sourcePlaces } from "#generators/site-data/site-facts.ts";
import type { AiUsage } from "#schemas/json/ai-usage.ts";
import type { SavedQuery } from "#generators/generator.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import { readUsage } from "../ai/usage-file.ts";
import { committedTexts } from "../ai/describe-project.ts";
import { committedFixtures } from "../committed-fixtures.ts";
import { embeddedOptions, openConnection } from "../query-connection.ts";
import { folderPublisher } from "../folder-publisher.ts";
import { judgedQueries } from "../judge-queries.ts";
import { lintIgnores } from "../lint-ignores.ts";
import { releaseMemory } from "../release-memory.ts";
import { readStatistics } from "../statistics.ts";
import { liveDatabase } from "../live-database.ts";
import { schemaReleases } from "../schema-releases.ts";
import { readQueries, type Project, type ProjectDatabase } from "../project.ts";
import { buildSite } from "./build-site.ts";
import { findOwners } from "./find-owners.ts";
import { commitsOf } from "./git-history.ts";
import { copyMermaid, MERMAID_FOLDER } from "./mermaid-files.ts";
import { readGuides } from "./read-guides.ts";
import { engineFiles, type EngineFiles } from "./engine-files.ts";

export interface MakeSiteOptions {
  /** Folder the pages are written into; its old content is replaced. */
  readonly outDir: string;
  /** Path the site is served below. Default "/". */
  readonly base?: string;
  readonly site?: string;
  /** Where the query function is served, or null for a site that is only files. */
  readonly queryUrl: string | null;
  /** Whether that server knows who reads, or has more databases than one. Default: neither. */
  readonly knowsReaders?: boolean;
  /** Where the repository is on the web. Default: nowhere. */
  readonly web?: SiteWeb;
  /** `dev` serves the pages from their sources until the process is stopped. Default `build`. */
  readonly mode?: "build" | "dev";
  /** Shows what the builder says. Default false. */
  readonly verbose?: boolean;
}

/** Addresses of the repository on the web; see `SiteInfo`. */
export type SiteWeb = Pick<SiteInfo, "sourceUrl" | "newFileUrl" | "commitUrl" | "pullUrl">;

export interface MadeSite {
  readonly outDir: string;
  readonly problems: readonly Problem[];
}

/** The site of one database: its data from the model, the fixtures and the engine, then the pages. */
export async function makeSite(
  project: Project,
  database: ProjectDatabase,
  options: MakeSiteOptions,
): Promise<MadeSite> {
  const { progress } = project;
  progress.start("site");
  const workDir = join(project.cacheDir, "site", createHash("sha256").update(project.root).digest("hex").slice(0, 16));
  const engine = hasEngine(project, database, options) ? await engineOf(project, database, workDir) : null;
  const made = await writeSiteData(project, database, { ...options, workDir, engine: engine?.engine ?? null });
  const base = options.base ?? project.config.site.base;
  const site = options.site ?? project.config.site.url;
  releaseMemory();
  await buildSite({
    dataDir: join(workDir, SITE_DATA_FOLDER),
    outDir: options.outDir,
    cacheDir: join(workDir, "cache"),
    quiet: options.verbose !== true,
    mode: options.mode ?? "build",
    ...(base === undefined ? {} : { base }),
    ...(site === undefined ? {} : { site }),
  });
  await engine?.write(options.outDir);
  if (made.mermaid !== null) await copyMermaid(join(options.outDir, made.mermaid));
  await copyPictures(project, made.pictures, join(options.outDir, GUIDE_FILES));
  return { outDir: options.outDir, problems: made.problems };
}

/** A site that is only files brings its own engine; where a query function answers, nobody has to load one. */
function hasEngine(project: Project, { settings }: ProjectDatabase, { queryUrl, mode }: MakeSiteOptions): boolean {
  return project.config.site.playground && queryUrl === null && mode !== "dev" && dialectFacts(settings.dialect).canRun;
}

/** The engine with the state that the query function would start from; built once for both. */
async function engineOf(project: Project, database: ProjectDatabase, workDir: string): Promise<EngineFiles> {
  const { buildDatabase } = await import("#app/query/build-database.ts");
  const { files, fixturesSql, cacheDir, progress } = await embeddedOptions(project, database);
  return engineFiles(await buildDatabase({ files, fixturesSql }, { cacheDir, progress }), workDir);
}

/** Copies the pictures that guides show. */
async function copyPictures({ workspace }: Project, pictures: readonly string[], folder: string): Promise<void> {
  for (const path of pictures) {
    const bytes = await workspace.read(path);
    if (bytes === null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

interface WrittenData {
  readonly problems: readonly Problem[];
  readonly mermaid: string | null;
  readonly pictures: readonly string[];
}

interface SiteDataOptions extends Pick<MakeSiteOptions, "queryUrl" | "knowsReaders" | "web"> {
  readonly workDir: string;
  readonly engine: SiteInfo["engine"];
}

async function writeSiteData(
  project: Project,
  database: ProjectDatabase,
  { workDir, queryUrl, knowsReaders = false, web, engine }: SiteDataOptions,
): Promise<WrittenData> {
  const { model, judged, replayed } = await readModel(project, database);
  const { queries, problems } = await readQueries(project, database.settings, model);
  const guides = await readGuides(project);
  const { releases: last, tags: pattern } = project.config.site;
  const releases = await schemaReleases(project, database, { pattern, last, current: model });
  const all = [
    ...project.problems,
    ...database.problems,
    ...replayed,
    ...problems,
    ...guides.problems,
    ...releases.problems,
  ];
  const data = await collectSiteData({
    config: project.config,
    database: database.settings,
    model,
    queries,
    known: await committedTexts(project, database, model),
    answers: await answersOf(project, database, { model, queries }),
    fixturesSql: await committedFixtures(project, database),
    releases: releases.value,
    problems: all,
    guides: guides.value,
    hasFile: (path) => project.listing.hasFile(path),
    mermaid: MERMAID_FOLDER,
    findings: judged,
    commits: await commitsOf(project.root, sourcePlaces(model, queries)),
    owners: await findOwners(project.root),
    usage: await usageOf(project),
    commitUrl: web?.commitUrl ?? null,
    pullUrl: web?.pullUrl ?? null,
    queryUrl,
    knowsReaders,
    engine,
    sourceUrl: web?.sourceUrl ?? null,
    newFileUrl: web?.newFileUrl ?? null,
  });
  await folderPublisher(workDir).publish(siteData(data), []);
  return { problems: data.info.problems, mermaid: data.info.mermaid, pictures: data.pictures };
}

/** The model, and what the rules say about it and about the queries of the repository. One engine serves both. */
async function readModel(project: Project, database: ProjectDatabase) {
  const live = liveDatabase(project, database, { alsoLoad: ["pg_buffercache"] });
  try {
    const { model, problems } = await live.model();
    const statistics = await readStatistics(project, database);
    const known = statistics.value ? { statistics: statistics.value } : {};
    const queries = await judgedQueries(project, { database, live, model, known });
    const ignored = lintIgnores(database);
    const judged = [...lintDatabase(model, database.settings, project.config, { ...known, ignored }), ...queries.value];
    return { model, judged, replayed: [...problems, ...statistics.problems, ...queries.problems] };
  } finally {
    await live.close();
  }
}

/** What models were used for, where they were. */
async function usageOf(project: Project): Promise<AiUsage | null> {
  const { value } = await readUsage(project);
  return Object.keys(value.months).length === 0 ? null : value;
}

/** What the saved queries answer on the committed fixtures, so that a reader without an engine sees it too. */
async function answersOf(
  project: Project,
  database: ProjectDatabase,
  { model, queries }: { readonly model: SchemaModel; readonly queries: readonly SavedQuery[] },
): Promise<SiteAnswers> {
  const { precompute, precomputeRows } = await import("#app/query/precompute.ts");
  // What reading and judging left behind would stand beside the engine.
  releaseMemory();
  const connection = await openConnection(project, database);
  try {
    const given = {
      queries: await precompute(queries, connection),
      samples: await precomputeRows(sampleQueries(model), connection),
    };
    return siteAnswers(queries, given);
  } finally {
    await connection.close();
  }
}
