import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { idSchema, names } from "./object-parts.ts";

export const TABLE_LIST_VERSION = 1;

/** What `querygenie ls --format json` prints. */
export const tableListSchema = z.strictObject({
  version: z.literal(TABLE_LIST_VERSION),
  database: z.string(),
  /** Tables without partitions, and views. */
  tables: z.array(
    z.strictObject({
      id: idSchema,
      kind: z.enum(["table", "partitioned table", "foreign table", "view", "materialised view"]),
      columns: z.int().min(0),
      /** Ids of the tables that its foreign keys point at. */
      references: z.array(idSchema),
      labels: names,
      description: z.string(),
      /** Who wrote the description. */
      source: z.enum(["person", "comment", "ai", "generated"]),
    }),
  ),
});
export type TableList = Frozen<z.output<typeof tableListSchema>>;

export const tableListExample: TableList = {
  version: TABLE_LIST_VERSION,
  database: "shop",
  tables: [
    {
      id: "sales.orders",
      kind: "table",
      columns: 20,
      references: ["people.customers"],
      labels: ["core"],
      description: "One row an order.",
      source: "comment",
    },
  ],
};
