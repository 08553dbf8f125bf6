import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SavedQuery } from "../generator.ts";
import type { Domain } from "./domain.ts";
import { domainsOf } from "./domains-of.ts";
import { viewpointsOf } from "./viewpoints-of.ts";

/** A page about some tables together: a domain or a viewpoint. */
export interface Chapter {
  /** Part of the page's name, `viewpoint-<id>`; unique among both. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly parts: readonly ChapterPart[];
}
export interface ChapterPart {
  readonly title?: string;
  readonly description?: string;
  /** Ids of tables and views, sorted. */
  readonly tables: readonly ObjectId[];
}

export interface Chapters {
  /** Every table is in exactly one of them; empty for a small database. */
  readonly domains: readonly Domain[];
  /** Pages of domains that are not just a schema. */
  readonly domainPages: readonly Chapter[];
  readonly viewpoints: readonly Chapter[];
  readonly problems: readonly Problem[];
}

export interface ChapterSettings {
  readonly database: Pick<DatabaseConfig, "viewpoints" | "labels" | "domains">;
  readonly queries: readonly SavedQuery[];
  /** Whether tables are grouped by what ties them at all. */
  readonly isGrouped: boolean;
}

/** Domains and viewpoints of a database, whose pages share one space of names. A viewpoint keeps its id. */
export function chaptersOf(index: ModelIndex, { database, queries, isGrouped }: ChapterSettings): Chapters {
  const { value: viewpoints, problems } = viewpointsOf(index, database);
  const taken = new Set(viewpoints.map(({ id }) => id));
  const found = isGrouped ? domainsOf(index, { queries, domains: database.domains }) : [];
  const domains = found.map((domain) => (taken.has(domain.id) ? { ...domain, id: `${domain.id}-domain` } : domain));
  const domainPages = domains
    .filter(({ by }) => by !== "schema")
    .map(({ id, title, description, tables }): Chapter => {
      return { id, title, ...(description !== undefined && { description }), parts: [{ tables }] };
    });
  return { domains, domainPages, viewpoints, problems };
}
