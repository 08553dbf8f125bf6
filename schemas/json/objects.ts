import { z } from "zod";
import type { ModelObject } from "../model.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { columnSchema, constraintSchema, indexSchema, policySchema, triggerSchema } from "./nested-objects.ts";
import { dataTypeSchema, idSchema, inSchema, named, names, options, owned } from "./object-parts.ts";

const ownTable = {
  ...inSchema,
  kind: z.literal("table"),
  variant: z.enum(["table", "partitioned", "foreign"]),
  persistence: z.enum(["permanent", "unlogged", "temporary"]),
  partitionKey: z.string().exactOptional(),
  partitionOf: z.strictObject({ parent: idSchema, bound: z.string() }).exactOptional(),
  inherits: z.array(idSchema).exactOptional(),
  rowSecurity: z.strictObject({ forced: z.boolean() }).exactOptional(),
  options,
  rowEstimate: z.number().exactOptional(),
};
const ownView = {
  ...inSchema,
  kind: z.literal("view"),
  materialized: z.boolean(),
  definition: z.string(),
  dependsOn: z.array(idSchema),
  options,
  populated: z.boolean().exactOptional(),
};

export const tableSchema = part(
  "Table",
  z.strictObject({
    ...ownTable,
    columns: z.array(columnSchema),
    constraints: z.array(constraintSchema),
    indexes: z.array(indexSchema),
    triggers: z.array(triggerSchema),
    policies: z.array(policySchema),
  }),
);
export const viewSchema = part(
  "View",
  z.strictObject({
    ...ownView,
    columns: z.array(columnSchema),
    indexes: z.array(indexSchema),
    triggers: z.array(triggerSchema),
  }),
);

/** A table or view without what is nested in it: one side of a change of its own fields. */
export const ownTableSchema = part("OwnTable", z.strictObject(ownTable));
export const ownViewSchema = part("OwnView", z.strictObject(ownView));

export const enumSchema = part("Enum", z.strictObject({ ...inSchema, kind: z.literal("enum"), labels: names }));
export const domainSchema = part(
  "Domain",
  z.strictObject({
    ...inSchema,
    kind: z.literal("domain"),
    base: dataTypeSchema,
    nullable: z.boolean(),
    default: z.string().exactOptional(),
    collation: z.string().exactOptional(),
    checks: z.array(
      z.strictObject({ name: z.string(), expression: z.string(), definition: z.string(), validated: z.boolean() }),
    ),
  }),
);
export const compositeSchema = part(
  "Composite",
  z.strictObject({
    ...inSchema,
    kind: z.literal("composite"),
    attributes: z.array(
      z.strictObject({ name: z.string(), type: dataTypeSchema, comment: z.string().exactOptional() }),
    ),
  }),
);
export const rangeSchema = part(
  "Range",
  z.strictObject({
    ...inSchema,
    kind: z.literal("range"),
    subtype: dataTypeSchema,
    multirange: z.string().exactOptional(),
  }),
);
export const sequenceSchema = part(
  "Sequence",
  z.strictObject({
    ...inSchema,
    kind: z.literal("sequence"),
    type: z.string(),
    start: z.string(),
    increment: z.string(),
    minimum: z.string(),
    maximum: z.string(),
    cycle: z.boolean(),
    ownedBy: z.strictObject({ column: idSchema, by: z.enum(["serial", "identity"]) }).exactOptional(),
  }),
);
export const routineSchema = part(
  "Routine",
  z.strictObject({
    ...inSchema,
    kind: z.literal("routine"),
    variant: z.enum(["function", "procedure", "aggregate", "window"]),
    arguments: z.array(
      z.strictObject({
        name: z.string().exactOptional(),
        mode: z.enum(["in", "out", "inout", "variadic", "table"]),
        type: z.string(),
        default: z.string().exactOptional(),
      }),
    ),
    returns: z.string().exactOptional(),
    language: z.string(),
    volatility: z.enum(["immutable", "stable", "volatile"]),
    strict: z.boolean(),
    securityDefiner: z.boolean(),
    definition: z.string().exactOptional(),
    body: z.string(),
  }),
);
export const extensionSchema = part(
  "Extension",
  z.strictObject({
    ...named,
    kind: z.literal("extension"),
    schema: z.string(),
    version: z.string(),
    missing: z.boolean().exactOptional(),
  }),
);
export const namespaceSchema = part("Schema", z.strictObject({ ...owned, kind: z.literal("schema") }));
export const otherObjectSchema = part(
  "OtherObject",
  z.strictObject({
    ...named,
    kind: z.enum([
      ...([
        "event",
        "event trigger",
        "publication",
        "statistics",
        "rule",
        "synonym",
        "cast",
        "operator",
        "collation",
      ] as const),
      "text search configuration",
    ]),
    schema: z.string().exactOptional(),
    definition: z.string(),
  }),
);

/** Objects that are the same on their own and as a side of a change. */
export const simpleObjectSchemas = [
  namespaceSchema,
  extensionSchema,
  enumSchema,
  domainSchema,
  compositeSchema,
  rangeSchema,
  sequenceSchema,
  routineSchema,
  otherObjectSchema,
  columnSchema,
  constraintSchema,
  indexSchema,
  triggerSchema,
  policySchema,
] as const;

/** Any object, with everything nested in it. */
export const objectSchema = part("Object", z.union([tableSchema, viewSchema, ...simpleObjectSchemas]));

true satisfies Agree<ModelObject, Frozen<z.output<typeof objectSchema>>>;
