import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { SearchIndex } from "#generators/search/search-index.ts";
import {
  descriptionsSchema,
  domainsSchema,
  factsSchema,
  guidesSchema,
  modelSchema,
  queriesSchema,
  releasesSchema,
  samplesSchema,
  searchIndexSchema,
  siteInfoSchema,
} from "./data-contract.ts";
import { catalogOf, type Catalog } from "./view/catalog.ts";

let known: { readonly folder: string; readonly catalog: Catalog } | undefined;

/** The data the site is built from. Read once a build; the folder is given by QUERYGENIE_SITE_DATA. */
export function siteCatalog(): Catalog {
  const folder = dataFolder();
  if (known?.folder !== folder) known = { folder, catalog: readCatalog(folder) };
  return known.catalog;
}

/** One of the two search indexes of the data folder. */
export function siteSearchIndex(name: "search" | "search-columns"): SearchIndex {
  return read(dataFolder(), `${name}.json`, searchIndexSchema);
}

function dataFolder(): string {
  return process.env["QUERYGENIE_SITE_DATA"] ?? join(process.cwd(), "site/.generated");
}

function readCatalog(folder: string): Catalog {
  return catalogOf({
    info: read(folder, "site.json", siteInfoSchema),
    model: read(folder, "model.json", modelSchema),
    descriptions: read(folder, "descriptions.json", descriptionsSchema),
    queries: read(folder, "queries.json", queriesSchema),
    samples: read(folder, "samples.json", samplesSchema),
    facts: read(folder, "facts.json", factsSchema),
    guides: read(folder, "guides.json", guidesSchema),
    domains: read(folder, "domains.json", domainsSchema),
    releases: read(folder, "releases.json", releasesSchema),
    diagrams: readDiagrams(join(folder, "erd")),
  });
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new Error(`The site's data is missing ${name}. Run "querygenie site build", or set QUERYGENIE_SITE_DATA.`);
  }
  const parsed = schema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new Error(`${name} is not what this version of the site reads: ${first?.path.join(".")}: ${first?.message}`, {
    cause: parsed.error,
  });
}

function readDiagrams(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((name) => name.endsWith(".svg"));
  return new Map(files.map((name) => [`erd/${name}`, readFileSync(join(folder, name), "utf8")]));
}
