import { z } from "zod";
import { aiSchema } from "./ai.ts";
import { connectionsSchema } from "./connections.ts";
import { coverageSchema, reviewSchema } from "./review.ts";
import { lintSchema } from "./lint.ts";
import { databaseSchema } from "./database.ts";
import { docsSchema, erdSchema, outputSchema, searchSchema } from "./output.ts";
import { limitsSchema } from "./limits.ts";
import { publishSchema, siteSchema } from "./site.ts";

const databases = z.array(databaseSchema).min(1).superRefine(distinct);

/** The whole configuration, with every default filled in. */
export const configSchema = z.strictObject({
  version: z.literal(1).default(1).describe("Version of this file's format."),
  name: z.string().min(1).optional().describe("Name of the product or team, shown on documents and the site."),
  description: z
    .string()
    .optional()
    .describe("What the databases are for, in a sentence or two. Stands first on documents and the site."),
  labels: z.array(z.string().min(1)).default([]).describe("Labels of the whole, shown on the first page."),
  databases: databases.describe("The databases. Left out, every schema in the repository is found by itself."),
  output: outputSchema.prefault({}),
  docs: docsSchema.prefault({}),
  erd: erdSchema.prefault({}),
  search: searchSchema.prefault({}),
  review: reviewSchema.prefault({}),
  lint: lintSchema.prefault({}),
  coverage: coverageSchema.prefault({}),
  ai: aiSchema.prefault({}),
  site: siteSchema.prefault({}),
  publish: publishSchema.prefault({}),
  connections: connectionsSchema,
  limits: limitsSchema.prefault({}),
});

/** The file as people write it: what detection can find may be left out. */
export const configFileSchema = configSchema.extend({
  databases: z
    .array(databaseSchema.extend({ sources: databaseSchema.shape.sources.optional() }))
    .min(1)
    .superRefine(distinct)
    .optional()
    .describe("The databases. Left out, every schema in the repository is found by itself."),
});

export type Config = z.output<typeof configSchema>;
export type DatabaseConfig = Config["databases"][number];
export type ConfigInput = z.input<typeof configSchema>;
/** What a configuration file may say. */
export type ConfigFile = z.input<typeof configFileSchema>;

function distinct(list: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  for (const [index, { id }] of list.entries()) {
    if (list.findIndex((other) => other.id === id) === index) continue;
    context.addIssue({ code: "custom", path: [index, "id"], message: `is used twice: "${id}"` });
  }
}
