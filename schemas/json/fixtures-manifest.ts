import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const FIXTURES_MANIFEST_VERSION = 1;

const count = z.int().min(0);

const databaseSchema = z.strictObject({
  seed: z.string(),
  /** Rows asked for, for each table. */
  rows: count,
  /** Release of Faker; another one may draw other values. */
  faker: z.string(),
  /** The engine that took the rows with every constraint on. */
  engine: z.string(),
  /** By object id, sorted. */
  tables: z.record(
    z.string(),
    z.strictObject({ rows: count, source: z.enum(["generated", "migrations", "trigger", "failed", "empty"]) }),
  ),
  /** First ids of tables and columns that were renamed: their values are drawn for those, and stay. */
  names: z.record(z.string(), z.string()).optional(),
  /** Why a table has fewer rows than asked for, or none. */
  problems: z.array(z.string()),
});

/** `fixtures/manifest.json`: what the mock data is, by id of the database. */
export const fixturesManifestSchema = z.strictObject({
  version: z.literal(FIXTURES_MANIFEST_VERSION),
  databases: z.record(z.string(), databaseSchema),
});
export type FixturesManifest = Frozen<z.output<typeof fixturesManifestSchema>>;

export const fixturesManifestExample: FixturesManifest = {
  version: FIXTURES_MANIFEST_VERSION,
  databases: {
    shop: {
      seed: "querygenie",
      rows: 20,
      faker: "10.6.0",
      engine: "PostgreSQL 18.6",
      tables: {
        "people.customers": { rows: 20, source: "generated" },
        "sales.currencies": { rows: 5, source: "migrations" },
      },
      problems: [],
    },
  },
};
