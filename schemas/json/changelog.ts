import { z } from "zod";
import { changeListExample, jsonChangeSchema } from "./diff.ts";
import type { Frozen } from "./frozen.ts";

export const CHANGELOG_VERSION = 1;

/** What `querygenie changelog --format json` prints: what each release did to the schema, newest first. */
export const changelogSchema = z.strictObject({
  version: z.literal(CHANGELOG_VERSION),
  database: z.string(),
  releases: z.array(
    z.strictObject({
      /** The tag; null for what is not released yet. */
      name: z.string().nullable(),
      /** Day of the tag; null for what is not released yet. */
      date: z.string().nullable(),
      /** Tables of the release, without partitions. */
      tables: z.int().min(0),
      /** The changes in one line; null for the first release that is known. */
      summary: z.string().nullable(),
      /** Since the release before; empty for the first one that is known. */
      changes: z.array(jsonChangeSchema),
    }),
  ),
});
export type Changelog = Frozen<z.output<typeof changelogSchema>>;

export const changelogExample: Changelog = {
  version: CHANGELOG_VERSION,
  database: "shop",
  releases: [
    {
      name: "v1.1.0",
      date: "2026-03-01",
      tables: 52,
      summary: changeListExample.summary,
      changes: changeListExample.changes,
    },
    { name: "v1.0.0", date: "2026-01-15", tables: 51, summary: null, changes: [] },
  ],
};
