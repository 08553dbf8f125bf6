import { z } from "zod";
import { searchKinds, SEARCH_INDEX_VERSION, type SearchIndex } from "#generators/search/search-index.ts";
import {
  SITE_DATA_VERSION,
  type SiteDescriptions,
  type SiteFacts,
  type SiteInfo,
  type SiteQuery,
  type SiteSamples,
} from "#generators/site-data/contract.ts";
import type { Guide } from "#generators/guides/guide.ts";
import type { Domain } from "#generators/domains/domain.ts";
import { MODEL_VERSION, type SchemaModel } from "#schemas/model.ts";
import { aiUsageSchema } from "#schemas/json/ai-usage.ts";
import { coverageSchema } from "#schemas/json/coverage.ts";
import { problemCodes } from "#schemas/problem-codes.ts";
import type { TablePast } from "#generators/erd/table-past.ts";
import type { SiteRelease } from "#generators/site-data/releases.ts";

// The files of the site's data folder, as they are read. The types are the writer's (generators/site-data), so a
// schema that drifts from them does not compile.

const sourceRef = z.object({ file: z.string(), line: z.number(), column: z.number() });
const sourceSpan = sourceRef.extend({ endLine: z.number(), endColumn: z.number() });
const severity = z.enum(["error", "warning", "info"]);

const problem = z.object({
  code: z.custom<keyof typeof problemCodes>((value) => typeof value === "string" && value in problemCodes),
  severity,
  message: z.string(),
  help: z.string().exactOptional(),
  origin: sourceRef.exactOptional(),
  objectId: z.string().exactOptional(),
});

const finding = z.object({
  rule: z.string(),
  severity,
  span: sourceSpan,
  message: z.string(),
  help: z.string().exactOptional(),
  objects: z.array(z.string()),
  evidence: z.enum(["measured", "planned", "rule"]),
  fingerprint: z.string(),
});

/** `site.json` */
export const siteInfoSchema: z.ZodType<SiteInfo> = z.object({
  version: z.literal(SITE_DATA_VERSION),
  name: z.string(),
  description: z.string(),
  queryUrl: z.string().nullable(),
  knowsReaders: z.boolean().exactOptional(),
  engine: z
    .object({ folder: z.string(), state: z.string(), bytes: z.number(), extensions: z.array(z.string()) })
    .nullable(),
  newFileUrl: z.string().nullable(),
  ownKey: z.object({ endpoints: z.array(z.string()) }).nullable(),
  sourceUrl: z.string().nullable(),
  commitUrl: z.string().nullable(),
  pullUrl: z.string().nullable(),
  mermaid: z.string().nullable(),
  problems: z.array(problem),
  findings: z.array(finding),
});

/** `descriptions.json` */
export const descriptionsSchema: z.ZodType<SiteDescriptions> = z.record(
  z.string(),
  z.object({ text: z.string(), source: z.enum(["person", "comment", "ai", "generated"]) }),
);

/** A result as the query function answers it and as `queries.json` and `samples.json` keep it. */
export const rowsSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string().exactOptional() })),
  rows: z.array(z.array(z.unknown())),
  rowCount: z.number(),
  truncated: z.boolean(),
});

/** A plan as the query function answers it and as `queries.json` keeps it. */
export const planSchema = z.object({ tree: z.unknown(), text: z.string(), warnings: z.array(z.string()) });

/** `queries.json` */
export const queriesSchema: z.ZodType<readonly SiteQuery[]> = z.array(
  z.object({
    id: z.string(),
    path: z.string(),
    title: z.string(),
    question: z.string().exactOptional(),
    sql: z.string(),
    origin: sourceRef,
    uses: z.array(z.string()),
    result: rowsSchema.exactOptional(),
    plan: planSchema.exactOptional(),
    failure: z.string().exactOptional(),
  }),
);

/** `domains.json` */
export const domainsSchema: z.ZodType<readonly Domain[]> = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    description: z.string().exactOptional(),
    tables: z.array(z.string()),
    by: z.enum(["configuration", "schema", "cluster", "rest"]),
  }),
);

/** `facts.json`. Coverage and usage are the same build's, written by their own schemas. */
export const factsSchema: z.ZodType<SiteFacts> = z.object({
  labels: z.record(z.string(), z.array(z.string())),
  words: z.record(z.string(), z.array(z.string())),
  owners: z.record(z.string(), z.array(z.string())),
  commits: z.record(
    z.string(),
    z.object({ id: z.string(), date: z.string(), subject: z.string(), pull: z.number().nullable() }),
  ),
  rules: z.record(z.string(), z.object({ title: z.string(), judges: z.enum(["schema", "queries"]) })),
  coverage: coverageSchema,
  usage: aiUsageSchema.nullable(),
});

/** `guides.json` */
export const guidesSchema: z.ZodType<readonly Guide[]> = z.array(
  z.object({
    file: z.string(),
    path: z.string(),
    title: z.string(),
    description: z.string(),
    html: z.string(),
    headings: z.array(z.object({ depth: z.number(), slug: z.string(), text: z.string() })),
    hasMermaid: z.boolean(),
  }),
);

/** `samples.json` */
export const samplesSchema: z.ZodType<SiteSamples> = z.record(z.string(), rowsSchema);

/** `releases.json` */
export const releasesSchema: z.ZodType<readonly SiteRelease[]> = z.array(
  z.object({
    name: z.string().nullable(),
    date: z.string().nullable(),
    tables: z.number(),
    summary: z.string().nullable(),
    // Written by the same build, and drawn only: its form is not looked into.
    past: z.custom<TablePast | null>((value) => value === null || typeof value === "object"),
    groups: z.array(
      z.object({
        relation: z.string().nullable(),
        changes: z.array(
          z.object({
            sign: z.enum(["+", "−", "~"]),
            words: z.array(z.union([z.string(), z.object({ code: z.string() })])),
            breaks: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
);

/** `search.json` and `search-columns.json` */
export const searchIndexSchema: z.ZodType<SearchIndex> = z.object({
  version: z.literal(SEARCH_INDEX_VERSION),
  documents: z.array(
    z.object({
      kind: z.enum(searchKinds),
      id: z.string(),
      title: z.string(),
      snippet: z.string(),
      parent: z.string().exactOptional(),
    }),
  ),
  lengths: z.array(z.number()),
  terms: z.array(z.tuple([z.string(), z.array(z.number())])),
  neighbours: z.array(z.tuple([z.number(), z.array(z.number())])),
  bridges: z.array(z.number()),
});

/** `model.json`. Its own reader is in schemas; here only the version is proven, the rest was written by us. */
export const modelSchema: z.ZodType<SchemaModel> = z.custom<SchemaModel>(
  (value) => z.object({ version: z.literal(MODEL_VERSION), tables: z.array(z.unknown()) }).safeParse(value).success,
  "This is not a model.json of this version.",
);
