import { z } from "zod";
import { dialects } from "../model.ts";
import { fixturesSchema } from "./fixtures.ts";
import { repositoryPath, sourceSchema } from "./sources.ts";

export const dialectSchema = z.enum(dialects);

const viewpoint = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes")
      .describe("Short name, used in the page's file name."),
    title: z.string().min(1).describe("Heading of the page."),
    description: z.string().optional().describe("What the tables have in common, shown under the heading."),
    tables: z
      .array(z.string().min(1))
      .min(1)
      .describe("Object ids or globs of them, such as `sales.*`. A pattern that matches nothing is reported (QG404)."),
  })
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
    viewpoints: z.array(viewpoint).default([]).describe("Pages that group tables by subject, in this order."),
    ignore: z
      .array(z.string().min(1))
      .default([])
      .describe(
        "Object ids or globs of what is left out of documents, fixtures and lint, such as a runner's own tables. It stays in the model.",
      ),
    statistics: repositoryPath
      .optional()
      .describe(
        "File with production's table sizes and statistics. Absent, `.querygenie/stats/<connection>.json` is used when it exists, else sizes are unknown and findings say so.",
      ),
    connection: z
      .string()
      .optional()
      .describe(
        "Name under `connections` of the running database that this schema describes. Used by `diff --live` and for statistics.",
      ),
    fixtures: fixturesSchema.prefault({}),
  })
  .describe("One database.");
