import { z } from "zod";
import { MODEL_VERSION } from "../model.ts";
import type { SchemaModel } from "../model.ts";
import type { Agree, Frozen } from "./frozen.ts";
import {
  compositeSchema,
  domainSchema,
  enumSchema,
  extensionSchema,
  namespaceSchema,
  otherObjectSchema,
  rangeSchema,
  routineSchema,
  sequenceSchema,
  tableSchema,
  viewSchema,
} from "./objects.ts";

/** A whole model, as `model.json` holds it and `querygenie model --format json` prints it. */
export const modelSchema = z.strictObject({
  version: z.literal(MODEL_VERSION),
  dialect: z.enum(["postgres", "mysql", "mssql"]),
  evidence: z.enum(["measured", "live", "rule"]),
  engine: z.strictObject({ name: z.string(), version: z.string() }),
  complete: z.boolean(),
  schemas: z.array(namespaceSchema),
  extensions: z.array(extensionSchema),
  enums: z.array(enumSchema),
  domains: z.array(domainSchema),
  composites: z.array(compositeSchema),
  ranges: z.array(rangeSchema),
  sequences: z.array(sequenceSchema),
  tables: z.array(tableSchema),
  views: z.array(viewSchema),
  routines: z.array(routineSchema),
  others: z.array(otherObjectSchema),
});

true satisfies Agree<SchemaModel, Frozen<z.output<typeof modelSchema>>>;
