import { z } from "zod";
import type { Column, Constraint, Index, Policy, Trigger } from "../model.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { dataTypeSchema, idSchema, named, names } from "./object-parts.ts";

export const columnSchema = part(
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
    invisible: z.boolean().exactOptional(),
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

export const constraintSchema = part(
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
      enforced: z.literal(false).exactOptional(),
      virtual: z.enum(["declared", "detected"]).exactOptional(),
    }),
    z.strictObject({ ...constraint, kind: z.literal("check"), expression: z.string(), enforced: z.boolean() }),
    z.strictObject({ ...constraint, kind: z.literal("exclude") }),
  ]),
);

export const indexSchema = part(
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
    invisible: z.boolean().exactOptional(),
    constraint: z.string().exactOptional(),
    definition: z.string(),
  }),
);

export const triggerSchema = part(
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

export const policySchema = part(
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

true satisfies Agree<Column, Frozen<z.output<typeof columnSchema>>>;
true satisfies Agree<Constraint, Frozen<z.output<typeof constraintSchema>>>;
true satisfies Agree<Index, Frozen<z.output<typeof indexSchema>>>;
true satisfies Agree<Trigger, Frozen<z.output<typeof triggerSchema>>>;
true satisfies Agree<Policy, Frozen<z.output<typeof policySchema>>>;
