import { z } from "zod";
import type { Frozen } from "./frozen.ts";

export const SEARCH_RESULTS_VERSION = 1;

/** What `querygenie search --format json` prints, best first. */
export const searchResultsSchema = z.strictObject({
  version: z.literal(SEARCH_RESULTS_VERSION),
  /** The words as they were asked. */
  words: z.string(),
  results: z.array(
    z.strictObject({
      /** Id of the database, as the configuration names it. */
      database: z.string(),
      kind: z.enum(["table", "view", "query", "enum", "function", "column"]),
      /** Object id, or the id of a saved query. */
      id: z.string(),
      title: z.string(),
      snippet: z.string(),
      /** The table or view of a column. */
      parent: z.string().exactOptional(),
      score: z.number().min(0).max(1),
    }),
  ),
});
export type SearchResults = Frozen<z.output<typeof searchResultsSchema>>;

export const searchResultsExample: SearchResults = {
  version: SEARCH_RESULTS_VERSION,
  words: "order status",
  results: [
    {
      database: "shop",
      kind: "table",
      id: "sales.orders",
      title: "sales.orders",
      snippet: "One row an order.",
      score: 0.92,
    },
    {
      database: "shop",
      kind: "column",
      id: "sales.orders.status",
      title: "sales.orders.status",
      snippet: "Where the order is on its way.",
      parent: "sales.orders",
      score: 0.9,
    },
  ],
};
