import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import type { Finding } from "#schemas/finding.ts";
import type { Problem } from "#schemas/problem.ts";
import type { GeneratorInput } from "../generator.ts";
import { docsFolder } from "../docs/docs-context.ts";
import type { Release } from "../changes/release.ts";
import { documentedModel } from "../documented/documented-model.ts";
import { aboutSentences } from "../docs/about-database.ts";
import { proseText } from "../docs/prose.ts";
import { documentPaths } from "../guides/document-paths.ts";
import type { GuideSource } from "../guides/guide.ts";
import { objectPaths } from "../guides/object-paths.ts";
import { checkDiagrams } from "../guides/check-diagrams.ts";
import { renderGuides } from "../guides/render-guides.ts";
import type { SiteAnswers } from "./answers.ts";
import { measureCoverage } from "../coverage/coverage.ts";
import { shownModel } from "../documented/shown-model.ts";
import type { AiUsage } from "#schemas/json/ai-usage.ts";
import type { SourceRef } from "#schemas/source.ts";
import type { CodeOwners } from "./code-owners.ts";
import { SITE_DATA_VERSION, type SiteData, type SiteFacts } from "./contract.ts";
import { siteLabels, siteRules, sourcePlaces } from "./site-facts.ts";
import { siteDescriptions } from "./descriptions.ts";
import { siteDiagrams } from "./diagrams.ts";
import type { SiteEngine } from "./engine.ts";
import { siteReleases } from "./releases.ts";
import { routesOf } from "./routes.ts";
import { siteDomains } from "./site-domains.ts";

export interface SiteDataInput extends Pick<GeneratorInput, "config" | "database" | "model" | "queries" | "known"> {
  /** What the queries answer on the fixtures; see `siteAnswers`. Without it the site has no rows. */
  readonly answers?: SiteAnswers;
  /** The fixtures as one script. */
  readonly fixturesSql?: string;
  /** What each release did, newest first. Default: nothing is known of releases. */
  readonly releases?: readonly Release[];
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** Where the query function is served, such as "/api"; null for a site that is only files. */
  readonly queryUrl: string | null;
  /** Whether that server knows who reads. Default: it does not. */
  readonly knowsReaders?: boolean;
  /** The engine that the site carries. Default: none. */
  readonly engine?: SiteEngine | null;
  /** GitHub's page for a new file with `{path}` and `{content}`. Default: none. */
  readonly newFileUrl?: string | null;
  /** The users' own Markdown. Default: none. */
  readonly guides?: readonly GuideSource[];
  /** Whether the repository has a file; guides link to them. Default: it has none. */
  readonly hasFile?: (path: string) => boolean;
  /** Commits of places in files; see `placeKey`. Default: none. */
  readonly commits?: SiteFacts["commits"];
  /** Who owns which file. Default: nobody. */
  readonly owners?: CodeOwners | null;
  readonly usage?: AiUsage | null;
  /** Addresses of a commit and a pull request; see `SiteInfo`. Default: none. */
  readonly commitUrl?: string | null;
  readonly pullUrl?: string | null;
  /** Where Mermaid will lie in the site, for guides that need it. */
  readonly mermaid?: string;
  /** Address of a source file with `{file}` and `{line}`, or null. */
  readonly sourceUrl: string | null;
}

/** Three sentences: what a person says, or how large it is; then what it turns on and how it hangs together. */
function description(said: string | undefined, index: ModelIndex): string {
  const [size, centre, joins] = aboutSentences(index).map(proseText);
  return [said ?? size, centre, joins].join(" ");
}

/** The data, with the pictures that guides show: files of the repository that the site copies. */
export interface CollectedSite extends SiteData {
  readonly pictures: readonly string[];
}

/** Everything a site of one database shows. The same input gives the same data. */
export async function collectSiteData(input: SiteDataInput): Promise<CollectedSite> {
  const { config, database, queries, answers, sourceUrl } = input;
  const model = documentedModel(input.model, database).value;
  const index = indexModel(model);
  const domains = siteDomains(index, { database, queries, isGrouped: config.docs.domains });
  const routes = routesOf(model, queries, domains);
  const { guides, pictures, problems } = renderGuides({
    sources: input.guides ?? [],
    objects: objectPaths(model, routes),
    documents: documentPaths({ model, routes, folder: docsFolder(config, database.id) }),
    hasFile: input.hasFile ?? (() => false),
    sourceUrl,
  });
  const isOnly = config.databases.length === 1;
  const said = isOnly ? config.description : undefined;
  return {
    info: {
      version: SITE_DATA_VERSION,
      name: (isOnly ? config.name : undefined) ?? database.id,
      description: description(said, index),
      queryUrl: input.queryUrl,
      ...(input.knowsReaders === true ? { knowsReaders: true } : {}),
      engine: input.engine ?? null,
      newFileUrl: input.newFileUrl ?? null,
      ownKey: input.config.site.ownKey ? { endpoints: input.config.site.ownKeyEndpoints } : null,
      sourceUrl,
      commitUrl: input.commitUrl ?? null,
      pullUrl: input.pullUrl ?? null,
      mermaid: guides.some(({ hasMermaid }) => hasMermaid) ? (input.mermaid ?? null) : null,
      problems: [...input.problems, ...problems, ...(await checkDiagrams(input.guides ?? []))],
      findings: input.findings,
    },
    model,
    descriptions: siteDescriptions({
      index,
      descriptions: database.descriptions,
      ...(input.known && { known: input.known.texts }),
    }),
    queries: answers?.queries ?? queries,
    samples: answers?.samples ?? {},
    releases: siteReleases(input.releases ?? []),
    fixturesSql: input.fixturesSql ?? "",
    domains,
    diagrams: await siteDiagrams({ index, domains, routes }),
    facts: {
      words: input.known?.words ?? {},
      labels: siteLabels(model, database.labels),
      owners: ownersOf(input.owners ?? null, sourcePlaces(model, queries)),
      commits: input.commits ?? {},
      rules: siteRules(input.findings),
      coverage: measureCoverage(shownModel(input.model, database), {
        database: database.id,
        descriptions: database.descriptions,
        coverage: config.coverage,
        ...(input.known && { known: input.known.texts }),
      }),
      usage: input.usage ?? null,
    },
    guides,
    pictures,
  };
}

function ownersOf(owners: CodeOwners | null, places: readonly SourceRef[]): SiteFacts["owners"] {
  if (!owners) return {};
  const files = [...new Set(places.map(({ file }) => file))].sort();
  return Object.fromEntries(files.map((file) => [file, owners.of(file)] as const).filter(([, own]) => own.length > 0));
}
