import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const SEED_FILES_VERSION = 1;

/** Name of the file beside what `seed --out` wrote. */
export const SEED_FILES_NAME = "querygenie-seed.json";

/** `querygenie-seed.json`: the files that hold made-up rows, so that no reading takes them for a history. */
export const seedFilesSchema = z.strictObject({
  version: z.literal(SEED_FILES_VERSION),
  /** Names of files in the same folder, sorted. */
  files: z.array(z.string()),
});
export type SeedFiles = Frozen<z.output<typeof seedFilesSchema>>;

export const seedFilesExample: SeedFiles = {
  version: SEED_FILES_VERSION,
  files: ["001_people.customers.sql", "002_sales.orders.sql"],
};
