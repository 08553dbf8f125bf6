import { z } from "zod";

/** Rows that one table may be asked for. */
export const MOST_ROWS = 10_000_000;

export const fixturesSchema = z
  .strictObject({
    rows: z
      .int()
      .min(1)
      .max(MOST_ROWS)
      .default(20)
      .describe("Rows a table when nothing else says so. Small numbers keep the committed files readable."),
    seed: z
      .string()
      .min(1)
      .default("querygenie")
      .describe("Any text. The same seed and schema give the same rows; another one gives other rows everywhere."),
    tables: z
      .record(
        z.string().min(1),
        z.union([
          z.int().min(0).max(MOST_ROWS),
          z.string().regex(/^\d+(?:\.\d+)?\s*[x×*]\s*\S+$/, "a number, or a ratio such as `3 x sales.orders`"),
        ]),
      )
      .default({})
      .describe(
        "Rows of single tables by object id, such as `sales.orders: 200`, or as a ratio, `sales.order_lines: 3 x sales.orders`. 0 leaves the table empty.",
      ),
    locale: z
      .enum(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "sv"])
      .default("en")
      .describe("Language of names and places. Cities, postcodes and countries are those of the language."),
    formats: z
      .array(z.enum(["sql", "copy", "csv", "json", "ts"]))
      .min(1)
      .default(["sql"])
      .describe("File formats that are committed. The rows are the same in each."),
    edge: z
      .boolean()
      .default(false)
      .describe(
        "Adds rows with the longest texts, the largest numbers and every optional value missing. Off, all rows look ordinary.",
      ),
  })
  .describe("Mock data. It is loaded into the engine with all constraints on before it is written.");
