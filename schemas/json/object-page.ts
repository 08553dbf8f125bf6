import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { idSchema, names } from "./object-parts.ts";
import {
  compositeSchema,
  domainSchema,
  enumSchema,
  extensionSchema,
  rangeSchema,
  routineSchema,
  sequenceSchema,
  tableSchema,
  viewSchema,
} from "./objects.ts";

export const OBJECT_PAGE_VERSION = 1;

/** A text with who wrote it: a person in the configuration, the comment in the DDL, a language model, or our rules. */
const textSchema = z.strictObject({
  text: z.string(),
  source: z.enum(["person", "comment", "ai", "generated"]),
});

/** A file of `json/`: what one page of the documentation says, as data. */
export const objectPageSchema = z.strictObject({
  version: z.literal(OBJECT_PAGE_VERSION),
  /** The Markdown page, relative to the documentation's folder. */
  page: z.string(),
  object: z.discriminatedUnion("kind", [
    tableSchema,
    viewSchema,
    enumSchema,
    domainSchema,
    compositeSchema,
    rangeSchema,
    sequenceSchema,
    routineSchema,
    extensionSchema,
  ]),
  /** Texts about the object and its columns, by ObjectId. */
  descriptions: z.record(idSchema, textSchema),
  /** Labels of the object and its columns, by ObjectId; absent without any. */
  labels: z.record(idSchema, names).exactOptional(),
  /** Titles of the domains and viewpoints it is in. */
  chapters: names.exactOptional(),
  /** References of other tables to this one; its own are among its constraints. */
  referencedBy: z
    .array(
      z.strictObject({ table: idSchema, columns: names, references: names, rows: z.string(), checked: z.boolean() }),
    )
    .exactOptional(),
  /** Ids of what reads or uses it, and the saved queries that do. */
  usedBy: z
    .strictObject({
      objects: z.array(idSchema),
      queries: z.array(z.strictObject({ path: z.string(), title: z.string(), question: z.string().exactOptional() })),
    })
    .exactOptional(),
  /** Partitions with their bounds. */
  partitions: z.array(z.strictObject({ id: idSchema, bound: z.string() })).exactOptional(),
});
export type ObjectPage = Frozen<z.output<typeof objectPageSchema>>;

export const objectPageExample: ObjectPage = {
  version: OBJECT_PAGE_VERSION,
  page: "sales.orders.md",
  object: {
    kind: "table",
    id: "sales.orders",
    schema: "sales",
    name: "orders",
    comment: "One row an order.",
    variant: "table",
    persistence: "permanent",
    columns: [
      {
        kind: "column",
        id: "sales.orders.id",
        name: "id",
        position: 1,
        type: { raw: "bigint", family: "integer" },
        nullable: false,
        identity: { always: true, start: "1", increment: "1" },
      },
    ],
    constraints: [],
    indexes: [],
    triggers: [],
    policies: [],
  },
  descriptions: {
    "sales.orders": { text: "One row an order.", source: "comment" },
    "sales.orders.id": { text: "Identifies the order; numbered by the database.", source: "generated" },
  },
  labels: { "sales.orders": ["core"] },
  chapters: ["Checkout"],
  referencedBy: [
    {
      table: "sales.order_lines",
      columns: ["order_id"],
      references: ["id"],
      rows: "zero or more",
      checked: true,
    },
  ],
  usedBy: {
    objects: ["sales.open_orders"],
    queries: [{ path: "queries/open-orders.sql", title: "Open orders", question: "Which orders are open?" }],
  },
};
