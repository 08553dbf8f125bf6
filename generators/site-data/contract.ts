import type { Finding } from "#schemas/finding.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
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
  /** The engine that the site carries; null when it has none. */
  readonly engine: SiteEngine | null;
  /** GitHub's page for a new file with `{path}` and `{content}`; null when there is none. */
  readonly newFileUrl: string | null;
  /** Address of a source file on the web with `{file}` and `{line}`; null when there is none. */
  readonly sourceUrl: string | null;
  /** Where Mermaid lies in the site, with a slash at its end; null when no guide has a diagram to be drawn. */
  readonly mermaid: string | null;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
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
  /** Other words by which objects are found; they are in the search index only. */
  readonly words?: Readonly<Record<ObjectId, readonly string[]>>;
  readonly queries: readonly SiteQuery[];
  readonly samples: SiteSamples;
  /** Newest first; empty where no tag is known. */
  readonly releases: readonly SiteRelease[];
  /** The whole fixtures as one script; empty when there are none. */
  readonly fixturesSql: string;
  /** Tables that belong together, each table in one of them; none in a small database. `domains.json` */
  readonly domains: readonly Domain[];
  /** The users' own pages: `guides.json`. */
  readonly guides: readonly Guide[];
  readonly diagrams: readonly SiteDiagram[];
}
