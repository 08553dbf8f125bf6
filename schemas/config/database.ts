import { z } from "zod";
import { dialects } from "../model.ts";
import { fixturesSchema } from "./fixtures.ts";
import { detectRelationsSchema, relationsSchema } from "./relations.ts";
import { repositoryPath, sourceSchema } from "./sources.ts";

export const dialectSchema = z.enum(dialects);

const objectPatterns = z.array(z.string().min(1));
const labelNames = z.array(z.string().min(1));

const group = z
  .strictObject({
    name: z.string().min(1).describe("Heading of the group."),
    description: z.string().optional().describe("What its tables have in common."),
    tables: objectPatterns.default([]).describe("Object ids or globs of its tables."),
    labels: labelNames.default([]).describe("Its tables are also those with one of these labels."),
  })
  .describe("Some of the viewpoint's tables.");

const domain = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes")
      .describe("Short name, used in the page's file name."),
    title: z.string().min(1).describe("Heading of the chapter."),
    description: z.string().optional().describe("What its tables are about."),
    tables: objectPatterns
      .min(1)
      .describe("Object ids or globs of its tables. A table is in the first domain that names it."),
  })
  .describe("Tables that belong together.");

const viewpoint = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and dashes")
      .describe("Short name, used in the page's file name."),
    title: z.string().min(1).describe("Heading of the page."),
    description: z.string().optional().describe("What the tables have in common, shown under the heading."),
    tables: objectPatterns
      .default([])
      .describe("Object ids or globs of them, such as `sales.*`. A pattern that matches nothing is reported (QG404)."),
    labels: labelNames.default([]).describe("Shows tables with one of these labels too."),
    distance: z.int().min(0).max(3).default(0).describe("Steps along references from these tables that it also shows."),
    groups: z.array(group).default([]).describe("Parts of the page, each under a heading of its own."),
  })
  .refine(({ tables, labels }) => tables.length + labels.length > 0, { message: "must name tables or labels" })
  .describe("A page that shows some of the tables together with their diagram.");

export const databaseSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes, and start with a letter")
      .describe("Short name, used in paths, on the command line and on the site. Unique in the file."),
    dialect: dialectSchema
      .default("postgres")
      .describe(
        "Whose SQL the scripts are in. PostgreSQL is replayed and measured; the others are read by rule or live.",
      ),
    engineVersion: z
      .string()
      .regex(/^\d+(?:\.\d+)*$/, "must be a version such as 16 or 8.0")
      .optional()
      .describe(
        'Version that production runs, such as "16". Review judges by it what blocks and what does not. Absent, the embedded engine\'s version counts.',
      ),
    sources: z
      .array(sourceSchema)
      .min(1)
      .refine((sources) => sources.length === 1 || sources.every(({ connection }) => connection === undefined), {
        message: "must not name a connection beside other sources: a running database is whole by itself",
      })
      .describe("Where the schema comes from, in the order in which it is applied. Left out, it is found by itself."),
    queries: z
      .array(repositoryPath)
      .default(["queries/*.sql"])
      .describe("Globs of saved queries. Each is reviewed, planned, shown on the site and an example for `ask`."),
    descriptions: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe(
        "Texts a person wrote, by object id such as `sales.orders.status`. They win over DDL comments and generated texts. An id that does not exist is reported (QG404).",
      ),
    glossary: repositoryPath
      .optional()
      .describe(
        "Markdown file that says what words mean here: terms as headings, `Also:` other words, `Objects:` what they are about, and a list of abbreviations under that heading. Documents, search and `ask` know them. Absent, `glossary.md` is used when it exists.",
      ),
    domains: z
      .array(domain)
      .default([])
      .describe(
        "Chapters of the documents that you draw up yourself. Tables that none of them names are grouped by references, names and saved queries.",
      ),
    viewpoints: z.array(viewpoint).default([]).describe("Pages that group tables by subject, in this order."),
    include: objectPatterns
      .default([])
      .describe(
        "Object ids or globs of the tables and views that documents, diagrams and lint show. Empty shows all. Where `ignore` names the same object, the more specific pattern wins, and `ignore` when both are alike.",
      ),
    ignore: objectPatterns
      .default([])
      .describe(
        "Object ids or globs of what is left out of documents, diagrams and lint, such as a runner's own tables. It stays in the model.",
      ),
    labels: z
      .record(z.string().min(1), labelNames)
      .default({})
      .describe("Labels of tables, views and columns by object id or glob, such as `people.*: [personal data]`."),
    relations: relationsSchema,
    detectRelations: detectRelationsSchema,
    statistics: repositoryPath
      .optional()
      .describe(
        "File with production's table sizes and statistics. Absent, `.querygenie/stats/<connection>.json` is used when it exists, else sizes are unknown and findings say so.",
      ),
    connection: z
      .string()
      .optional()
      .describe(
        "Name under `connections` of the running database that this schema describes. Used by `diff --live` and for statistics. Absent, the connection that is its source.",
      ),
    fixtures: fixturesSchema.prefault({}),
  })
  .describe("One database.");
