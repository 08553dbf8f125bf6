import { createHash } from "node:crypto";
import { join } from "node:path";
import { answerQueries } from "#generators/site-data/answer-queries.ts";
import { collectSiteData } from "#generators/site-data/collect-site-data.ts";
import { SITE_DATA_FOLDER } from "#generators/site-data/contract.ts";
import { siteData } from "#generators/site-data/site-data.ts";
import { lintModel } from "#generators/review/lint-model.ts";
import type { Problem } from "#schemas/problem.ts";
import { folderPublisher } from "../folder-publisher.ts";
import { liveDatabase } from "../live-database.ts";
import { readQueries, type Project, type ProjectDatabase } from "../project.ts";
import { buildSite } from "./build-site.ts";

export interface MakeSiteOptions {
  /** Folder the pages are written into; its old content is replaced. */
  readonly outDir: string;
  /** Path the site is served below. Default "/". */
  readonly base?: string;
  readonly site?: string;
  /** Where the query function is served, or null for a site that is only files. */
  readonly queryUrl: string | null;
  /** Shows what the builder says. Default false. */
  readonly verbose?: boolean;
}

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
  const problems = await writeSiteData(project, database, { workDir, queryUrl: options.queryUrl });
  const base = options.base ?? project.config.site.base;
  const site = options.site ?? project.config.site.url;
  await buildSite({
    dataDir: join(workDir, SITE_DATA_FOLDER),
    outDir: options.outDir,
    cacheDir: join(workDir, "cache"),
    quiet: options.verbose !== true,
    ...(base === undefined ? {} : { base }),
    ...(site === undefined ? {} : { site }),
  });
  return { outDir: options.outDir, problems };
}

/** The committed fixtures of a database; empty when there are none. */
export async function committedFixtures(project: Project, { settings }: ProjectDatabase): Promise<string> {
  const bytes = await project.workspace.read(`${project.config.output.fixtures}/${settings.id}.sql`);
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}

async function writeSiteData(
  project: Project,
  database: ProjectDatabase,
  { workDir, queryUrl }: { readonly workDir: string; readonly queryUrl: string | null },
): Promise<readonly Problem[]> {
  const live = liveDatabase(project, database);
  try {
    const read = await live.model();
    const { queries, problems } = await readQueries(project, database.settings, read.model);
    const fixturesSql = await committedFixtures(project, database);
    const engine = await live.engine();
    if (fixturesSql !== "") await engine.exec(fixturesSql);
    const answers = await answerQueries(engine, read.model, queries);
    const all = [...project.problems, ...database.problems, ...read.problems, ...problems];
    const data = await collectSiteData({
      config: project.config,
      database: database.settings,
      model: read.model,
      queries,
      answers,
      fixturesSql,
      problems: all,
      findings: lintModel(read.model, { rules: project.config.lint.rules, severity: project.config.review.severity }),
      queryUrl,
      sourceUrl: null,
    });
    const artifacts = siteData(data);
    await folderPublisher(workDir).publish(artifacts, []);
    return all;
  } finally {
    await live.close();
  }
}
