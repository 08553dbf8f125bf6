import { z } from "zod";
import { part } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";
import { objectSchema, ownTableSchema, ownViewSchema, simpleObjectSchemas } from "./objects.ts";
import { idSchema } from "./object-parts.ts";
import type { ObjectKind } from "../model.ts";
import type { Agree } from "./frozen.ts";

export const CHANGE_LIST_VERSION = 1;

const objectKinds = [
  ...(["schema", "extension", "enum", "domain", "composite", "range", "sequence", "table", "view"] as const),
  ...(["routine", "column", "primary key", "unique", "foreign key", "check", "exclude", "index", "trigger"] as const),
  ...([
    "policy",
    "event",
    "event trigger",
    "publication",
    "statistics",
    "rule",
    "synonym",
    "cast",
    "operator",
  ] as const),
  ...(["collation", "text search configuration"] as const),
] as const;
export const objectKindSchema = part("ObjectKind", z.enum(objectKinds));

/** A side of a change: a table or view only with its own fields, for what is nested has changes of its own. */
const sideSchema = part("Side", z.union([ownTableSchema, ownViewSchema, ...simpleObjectSchemas]));

const about = {
  object: objectKindSchema,
  /** In the head model; for a dropped object in the base model. */
  id: idSchema,
  parent: idSchema.exactOptional(),
  /** The change in one sentence. */
  description: z.string(),
  /** Present when a program that worked before may fail. */
  breaking: z.strictObject({ who: z.enum(["readers", "writers", "both"]), reason: z.string() }).exactOptional(),
  /** True when another change of the list already says it, such as the index of a constraint. */
  implied: z.literal(true).exactOptional(),
};

export const jsonChangeSchema = part(
  "Change",
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("added"), ...about, after: objectSchema }),
    z.strictObject({ kind: z.literal("dropped"), ...about, before: objectSchema }),
    z.strictObject({
      kind: z.literal("changed"),
      ...about,
      fields: z.array(z.string()),
      before: sideSchema,
      after: sideSchema,
    }),
    z.strictObject({
      kind: z.literal("renamed"),
      ...about,
      from: idSchema,
      certainty: z.number().min(0).max(1),
      fields: z.array(z.string()),
      before: sideSchema,
      after: sideSchema,
      /** Objects that differ only because they print or carry the new name. */
      follows: z.array(z.strictObject({ object: objectKindSchema, from: idSchema, id: idSchema })),
    }),
  ]),
);
export type JsonChange = Frozen<z.output<typeof jsonChangeSchema>>;
export type JsonSide = Frozen<z.output<typeof sideSchema>>;

/** What `querygenie diff --format json` prints. */
export const changeListSchema = z.strictObject({
  version: z.literal(CHANGE_LIST_VERSION),
  /** The changes in one line. */
  summary: z.string(),
  changes: z.array(jsonChangeSchema),
});
export type ChangeList = Frozen<z.output<typeof changeListSchema>>;

true satisfies Agree<ObjectKind, z.output<typeof objectKindSchema>>;

export const changeListExample: ChangeList = {
  version: CHANGE_LIST_VERSION,
  summary: "1 column changed",
  changes: [
    {
      kind: "changed",
      object: "column",
      id: "people.customers.email",
      parent: "people.customers",
      description: "column `people.customers.email` widened from `character varying(50)` to `text`",
      fields: ["type"],
      before: {
        kind: "column",
        id: "people.customers.email",
        name: "email",
        position: 2,
        type: { raw: "character varying(50)", family: "text", length: 50 },
        nullable: false,
      },
      after: {
        kind: "column",
        id: "people.customers.email",
        name: "email",
        position: 2,
        type: { raw: "text", family: "text" },
        nullable: false,
      },
    },
  ],
};
