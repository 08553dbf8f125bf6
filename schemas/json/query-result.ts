import { z } from "zod";

export const QUERY_RESULT_VERSION = 1;

/** What `querygenie query --format json` prints and `POST /api/query` answers. */
export const queryResultSchema = z.strictObject({
  version: z.literal(QUERY_RESULT_VERSION),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      /** As the engine prints it. */
      type: z.string(),
    }),
  ),
  /** Values in the order of `columns`, for two columns may have one name. 64-bit numbers and decimals are texts. */
  rows: z.array(z.array(z.json())),
  rowCount: z.int().min(0),
  /** True when a limit cut the result. */
  truncated: z.boolean(),
  elapsedMs: z.number().min(0),
});
export type QueryResult = Readonly<z.output<typeof queryResultSchema>>;

export const queryResultExample: QueryResult = {
  version: QUERY_RESULT_VERSION,
  columns: [
    { name: "status", type: "sales.order_status" },
    { name: "orders", type: "bigint" },
  ],
  rows: [
    ["open", "12"],
    ["paid", "7"],
  ],
  rowCount: 2,
  truncated: false,
  elapsedMs: 3.2,
};
