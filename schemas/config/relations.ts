import { z } from "zod";
import { cardinalities } from "../keys.ts";
import { namingStrategies } from "../naming-strategies.ts";

const names = z.array(z.string().min(1)).min(1);
const cardinality = z.enum(cardinalities).optional();

export const relationsSchema = z
  .array(
    z
      .strictObject({
        table: z.string().min(1).describe("Id of the table that refers to another, such as `sales.carts`."),
        columns: names.describe("Its referring columns."),
        parentTable: z.string().min(1).describe("Id of the table it refers to."),
        parentColumns: names.describe("The columns referred to, in the same order."),
        cardinality: cardinality.describe(
          "Rows of `table` for one row of `parentTable`. Read from keys and nullability when absent.",
        ),
        parentCardinality: cardinality.describe("Rows of `parentTable` for one row of `table`."),
        description: z.string().optional().describe("What the reference means, shown beside it."),
        override: z
          .boolean()
          .default(false)
          .describe("Restates a foreign key that exists: its cardinalities and description are replaced by these."),
      })
      .refine(({ columns, parentColumns }) => columns.length === parentColumns.length, {
        message: "must name as many parentColumns as columns",
      })
      .describe("One reference that no foreign key holds, or that is restated."),
  )
  .default([])
  .describe(
    "References without a foreign key. Documents and diagrams show them dotted, as not checked by the database.",
  );

export const detectRelationsSchema = z
  .strictObject({
    enabled: z.boolean().default(false).describe("Whether names of columns are read as references."),
    strategy: z
      .enum(namingStrategies)
      .default("default")
      .describe(
        "How names are read, for a column `user_id` (or `id_user`): `default` users.id, `singularTableName` user.id, `identical` users.user_id, `identicalSingularTableName` user.user_id, `invertedSingularTableName` user.id for id_user.",
      ),
  })
  .prefault({})
  .describe("References read from names where no foreign key says what a column refers to.");
