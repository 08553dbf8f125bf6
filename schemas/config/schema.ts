import { z } from "zod";

/** One place the schema comes from. */
const source = z.strictObject({
  /** Folder, file or glob, relative to the repository's root. */
  path: z.string().min(1),
  /** Framework that orders the files; found by itself when absent. */
  framework: z.string().optional(),
});

const fixtures = z.strictObject({
  /** Rows a table when nothing else says so. */
  rows: z.int().min(1).default(20),
  /** Any text; the same seed gives the same rows. */
  seed: z.string().default("querygenie"),
});

const database = z.strictObject({
  /** Short name, used in paths and on the site. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  dialect: z.enum(["postgres", "mysql", "mssql"]).default("postgres"),
  /** Major version that production runs, such as "16". */
  engineVersion: z.string().optional(),
  sources: z.array(source).min(1),
  /** Globs of saved queries. */
  queries: z.array(z.string()).default(["queries/*.sql"]),
  /** Descriptions a person wrote, by object id; they win over comments and generated text. */
  descriptions: z.record(z.string(), z.string()).default({}),
  fixtures: fixtures.prefault({}),
});

const output = z.strictObject({
  /** Folder of the committed documentation. */
  docs: z.string().default("docs/database"),
  /** Folder of the committed fixtures. */
  fixtures: z.string().default("fixtures"),
});

/** The whole configuration file. */
export const configSchema = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().optional(),
  description: z.string().optional(),
  databases: z.array(database).min(1),
  output: output.prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type DatabaseConfig = Config["databases"][number];
export type ConfigInput = z.input<typeof configSchema>;
