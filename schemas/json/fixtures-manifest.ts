import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const FIXTURES_MANIFEST_VERSION = 1;

/** `fixtures/manifest.json`: what the mock data is and in which order it loads. */
export const fixturesManifestSchema = z.strictObject({
  version: z.literal(FIXTURES_MANIFEST_VERSION),
  database: z.string(),
  seed: z.string(),
  formats: z.array(z.enum(["sql", "copy", "csv", "json", "ts"])),
  /** In the order of loading, so that foreign keys hold. Paths are relative to the manifest. */
  tables: z.array(
    z.strictObject({ id: z.string(), rows: z.int().min(0), columns: z.array(z.string()), files: z.array(z.string()) }),
  ),
  /** Tables that hold no rows, with the reason. */
  empty: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
});
export type FixturesManifest = Frozen<z.output<typeof fixturesManifestSchema>>;

export const fixturesManifestExample: FixturesManifest = {
  version: FIXTURES_MANIFEST_VERSION,
  database: "shop",
  seed: "querygenie",
  formats: ["sql"],
  tables: [
    { id: "people.customers", rows: 20, columns: ["id", "email"], files: ["people.customers.sql"] },
    { id: "sales.orders", rows: 20, columns: ["id", "customer_id", "status"], files: ["sales.orders.sql"] },
  ],
  empty: [{ id: "audit.events", reason: "The configuration asks for 0 rows." }],
};
