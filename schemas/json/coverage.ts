import { z } from "zod";
import { objectKindSchema } from "./diff.ts";
import type { Frozen } from "./frozen.ts";

export const COVERAGE_VERSION = 1;

const count = z.int().min(0);

/** Described objects by who described them. */
const countsSchema = z.strictObject({
  total: count,
  /** In the configuration or by a comment of the DDL. */
  person: count,
  ai: count,
  offline: count,
});

/** What `querygenie coverage --format json` prints. */
export const coverageSchema = z.strictObject({
  version: z.literal(COVERAGE_VERSION),
  database: z.string(),
  total: countsSchema,
  kinds: z.array(z.strictObject({ kind: objectKindSchema, ...countsSchema.shape })),
  /** Tables by id, with their columns counted in. */
  tables: z.array(z.strictObject({ id: z.string(), ...countsSchema.shape })),
  /** The lowest share from 0 to 1 that passes, and whether it does; absent when no gate is set. */
  gate: z.strictObject({ required: z.number().min(0).max(1), passed: z.boolean() }).exactOptional(),
});
export type Coverage = Frozen<z.output<typeof coverageSchema>>;

export const coverageExample: Coverage = {
  version: COVERAGE_VERSION,
  database: "shop",
  total: { total: 4, person: 2, ai: 0, offline: 2 },
  kinds: [
    { kind: "table", total: 1, person: 1, ai: 0, offline: 0 },
    { kind: "column", total: 3, person: 1, ai: 0, offline: 2 },
  ],
  tables: [{ id: "sales.orders", total: 4, person: 2, ai: 0, offline: 2 }],
  gate: { required: 0.5, passed: true },
};
