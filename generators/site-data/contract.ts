import type { Finding } from "#schemas/finding.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { AiUsage } from "#schemas/json/ai-usage.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import type { Problem } from "#schemas/problem.ts";
import type { Domain } from "../domains/domain.ts";
import type { SavedQuery } from "../generator.ts";
import type { Guide } from "../guides/guide.ts";
import type { SiteRelease } from "./releases.ts";
import type { SiteEngine } from "./engine.ts";

export const SITE_DATA_VERSION = 1;

/** Where the site's data is written, relative to the repository's root. It is not committed. */
export const SITE_DATA_FOLDER = ".querygenie/site";

/** `site.json`: what the site as a whole shows. */
export interface SiteInfo {
  readonly version: typeof SITE_DATA_VERSION;
  readonly name: string;
  /** What the database is, in up to three sentences of plain text. */
  readonly description: string;
  /** Where `/api/query` and `/api/explain` are served, such as "/api"; null when there is only the static site. */
  readonly queryUrl: string | null;
  /** True when the server there knows who reads, and may have running databases for them. Absent: it does not. */
  readonly knowsReaders?: boolean;
  /** The engine that the site carries; null when it has none. */
  readonly engine: SiteEngine | null;
  /** GitHub's page for a new file with `{path}` and `{content}`; null when there is none. */
  readonly newFileUrl: string | null;
  /** Readers may ask a model with their own key; null when they may not. */
  readonly ownKey: { readonly endpoints: readonly string[] } | null;
  /** Address of a source file on the web with `{file}` and `{line}`; null when there is none. */
  readonly sourceUrl: string | null;
  /** Address of a commit with `{commit}`, and of a pull request with `{pull}`; null when there is none. */
  readonly commitUrl: string | null;
  readonly pullUrl: string | null;
  /** Where Mermaid lies in the site, with a slash at its end; null when no guide has a diagram to be drawn. */
  readonly mermaid: string | null;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

/** A commit that made or changed an object. */
export interface SiteCommit {
  readonly id: string;
  /** Day, such as `2026-03-04`. */
  readonly date: string;
  readonly subject: string;
  /** Number of the pull request that its subject names. */
  readonly pull: number | null;
}

/** `facts.json`: what git, CODEOWNERS and the configuration say about objects. */
export interface SiteFacts {
  readonly labels: Readonly<Record<ObjectId, readonly string[]>>;
  /** Other words for objects, of the glossary and of models: questions are read by them. */
  readonly words: Readonly<Record<ObjectId, readonly string[]>>;
  /** By file; only files that pages name and somebody owns. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  /** By `file:line`. */
  readonly commits: Readonly<Record<string, SiteCommit>>;
  /** Rules that have found something. */
  readonly rules: Readonly<Record<string, { readonly title: string; readonly judges: "schema" | "queries" }>>;
  readonly coverage: Coverage;
  /** What language models were used for; null when none was. */
  readonly usage: AiUsage | null;
}

/** A description with who wrote it. */
export interface SiteDescription {
  readonly text: string;
  readonly source: "person" | "comment" | "ai" | "generated";
}
/** `descriptions.json` */
export type SiteDescriptions = Readonly<Record<ObjectId, SiteDescription>>;

/** Rows as the query function answers them. A cell is a JSON value; what JSON has no word for is text. */
export interface SiteRows {
  readonly columns: readonly { readonly name: string; readonly type?: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly rowCount: number;
  readonly truncated: boolean;
}

/** The plan of a query as the query function answers it. */
export interface SitePlan {
  /** The query function's steps: node, relation, conditions, cost, rows, children. */
  readonly tree: unknown;
  readonly text: string;
  readonly warnings: readonly string[];
}

/** One line of `queries.json`: a saved query with the answer it had when the site was made. */
export interface SiteQuery extends SavedQuery {
  readonly result?: SiteRows;
  readonly plan?: SitePlan;
  /** Why there is no answer. */
  readonly failure?: string;
}

/** A few rows of the fixtures, by table: `samples.json`. `rowCount` is the number of rows the fixtures hold. */
export type SiteSamples = Readonly<Record<ObjectId, SiteRows>>;

/** `whole` is the one of everything, whose id is `database`. */
export type DiagramKind = "table" | "schema" | "domain" | "whole";

/** A diagram laid out at build time. Its text is escaped by who drew it. */
export interface SiteDiagram {
  /** What it shows: id of a table, schema or domain; the file is `erd/<kind>-<id>.svg`, percent-encoded. */
  readonly id: string;
  readonly kind: DiagramKind;
  readonly svg: string;
}

/** Everything the site is made of. */
export interface SiteData {
  readonly info: SiteInfo;
  readonly model: SchemaModel;
  readonly descriptions: SiteDescriptions;
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
  /** Newest first; empty where no tag is known. */
  readonly releases: readonly SiteRelease[];
  /** The whole fixtures as one script; empty when there are none. */
  readonly fixturesSql: string;
  /** Tables that belong together, each table in one of them; none in a small database. `domains.json` */
  readonly domains: readonly Domain[];
  readonly facts: SiteFacts;
  /** The users' own pages: `guides.json`. */
  readonly guides: readonly Guide[];
  readonly diagrams: readonly SiteDiagram[];
}
