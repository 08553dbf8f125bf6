import { z } from "zod";
import { dialectSchema } from "./database.ts";

/** The name of an environment variable. A value that is a URL or a key is refused earlier and never printed (QG104). */
export const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "must be the NAME of an environment variable, such as SHOP_DATABASE_URL");

export const connectionsSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
    z
      .strictObject({
        urlFrom: variableName.describe(
          "Name of the environment variable that holds the connection's URL. The URL itself never stands in this file.",
        ),
        dialect: dialectSchema.optional().describe("Engine behind the URL. Read from the URL when absent."),
        description: z.string().optional().describe("What the connection is for, shown where one is chosen."),
      })
      .describe("One running database."),
  )
  .default({})
  .describe(
    "Running databases by name, for `diff --live`, statistics and the query function. On pull requests the base branch's are used.",
  );
