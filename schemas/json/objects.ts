import { z } from "zod";
import type { Column, Constraint, DataType, Index, ModelObject, Policy, Trigger } from "../model.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { originSchema } from "./source.ts";

/** Ids follow the grammar of `schemas/object-id.ts`. */
export const idSchema = z.string();
const names = z.array(z.string());

const named = {
  id: idSchema,
  name: z.string(),
  comment: z.string().exactOptional(),
  origin: originSchema.exactOptional(),
};

const grantSchema = part(
  "Grant",
  z.strictObject({ grantee: z.string(), privileges: names, columns: names.exactOptional() }),
);
const owned = { ...named, owner: z.string().exactOptional(), grants: z.array(grantSchema).exactOptional() };
const inSchema = { ...owned, schema: z.string() };
const options = z.record(z.string(), z.string()).exactOptional();

const families = [
  ...(["integer", "decimal", "float", "money", "boolean", "text", "binary", "date", "time", "timestamp"] as const),
  ...(["interval", "uuid", "json", "xml", "enum", "composite", "range", "network", "geometry", "bits"] as const),
  ...(["search", "vector", "other"] as const),
] as const;

const dataTypeSchema = part(
  "DataType",
  z.strictObject({
    raw: z.string(),
    family: z.enum(families),
    typeId: idSchema.exactOptional(),
    dimensions: z.int().min(0).exactOptional(),
    length: z.int().exactOptional(),
    precision: z.int().exactOptional(),
    scale: z.int().exactOptional(),
  }),
);

const columnSchema = part(
  "Column",
  z.strictObject({
    ...named,
    kind: z.literal("column"),
    position: z.int().min(1),
    type: dataTypeSchema,
    nullable: z.boolean(),
    default: z.string().exactOptional(),
    defaultName: z.string().exactOptional(),
    identity: z.strictObject({ always: z.boolean(), start: z.string(), increment: z.string() }).exactOptional(),
    generated: z.strictObject({ expression: z.string(), stored: z.boolean() }).exactOptional(),
    collation: z.string().exactOptional(),
    charset: z.string().exactOptional(),
    onUpdate: z.string().exactOptional(),
    notNullName: z.string().exactOptional(),
    inherited: z.boolean().exactOptional(),
  }),
);

const constraint = {
  ...named,
  columns: names,
  definition: z.string(),
  deferrable: z.boolean(),
  initiallyDeferred: z.boolean(),
  validated: z.boolean(),
  inherited: z.boolean().exactOptional(),
};
const action = z.enum(["no action", "restrict", "cascade", "set null", "set default"]);
const clustered = z.boolean().exactOptional();

const constraintSchema = part(
  "Constraint",
  z.discriminatedUnion("kind", [
    z.strictObject({ ...constraint, kind: z.literal("primary key"), clustered }),
    z.strictObject({ ...constraint, kind: z.literal("unique"), nullsNotDistinct: z.boolean(), clustered }),
    z.strictObject({
      ...constraint,
      kind: z.literal("foreign key"),
      references: z.strictObject({ table: idSchema, columns: names }),
      onUpdate: action,
      onDelete: action,
      match: z.enum(["simple", "full", "partial"]),
    }),
    z.strictObject({ ...constraint, kind: z.literal("check"), expression: z.string(), enforced: z.boolean() }),
    z.strictObject({ ...constraint, kind: z.literal("exclude") }),
  ]),
);

const indexSchema = part(
  "Index",
  z.strictObject({
    ...named,
    kind: z.literal("index"),
    method: z.string(),
    keys: z.array(
      z.strictObject({
        column: z.string().exactOptional(),
        expression: z.string().exactOptional(),
        descending: z.boolean().exactOptional(),
        nullsFirst: z.boolean().exactOptional(),
        operatorClass: z.string().exactOptional(),
        collation: z.string().exactOptional(),
        prefixLength: z.int().exactOptional(),
      }),
    ),
    include: names,
    predicate: z.string().exactOptional(),
    unique: z.boolean(),
    nullsNotDistinct: z.boolean().exactOptional(),
    primary: z.boolean(),
    valid: z.boolean(),
    clustered,
    constraint: z.string().exactOptional(),
    definition: z.string(),
  }),
);

const triggerSchema = part(
  "Trigger",
  z.strictObject({
    ...named,
    kind: z.literal("trigger"),
    timing: z.enum(["before", "after", "instead of"]),
    events: z.array(z.enum(["insert", "update", "delete", "truncate"])),
    level: z.enum(["row", "statement"]),
    columns: names.exactOptional(),
    when: z.string().exactOptional(),
    routine: idSchema.exactOptional(),
    enabled: z.enum(["origin", "always", "replica", "disabled"]),
    definition: z.string(),
  }),
);

const policySchema = part(
  "Policy",
  z.strictObject({
    ...named,
    kind: z.literal("policy"),
    command: z.enum(["all", "select", "insert", "update", "delete"]),
    permissive: z.boolean(),
    roles: names,
    using: z.string().exactOptional(),
    check: z.string().exactOptional(),
  }),
);

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
      ...(["event trigger", "publication", "statistics", "rule", "synonym", "cast", "operator", "collation"] as const),
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

true satisfies Agree<DataType, Frozen<z.output<typeof dataTypeSchema>>>;
true satisfies Agree<Column, Frozen<z.output<typeof columnSchema>>>;
true satisfies Agree<Constraint, Frozen<z.output<typeof constraintSchema>>>;
true satisfies Agree<Index, Frozen<z.output<typeof indexSchema>>>;
true satisfies Agree<Trigger, Frozen<z.output<typeof triggerSchema>>>;
true satisfies Agree<Policy, Frozen<z.output<typeof policySchema>>>;
true satisfies Agree<ModelObject, Frozen<z.output<typeof objectSchema>>>;
