import { z } from "zod";
import type { DataType } from "../model.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { originSchema } from "./source.ts";

/** Ids follow the grammar of `schemas/object-id.ts`. */
export const idSchema = z.string();
/** What objects have in common. */
export const names = z.array(z.string());

export const named = {
  id: idSchema,
  name: z.string(),
  comment: z.string().exactOptional(),
  origin: originSchema.exactOptional(),
};

const grantSchema = part(
  "Grant",
  z.strictObject({ grantee: z.string(), privileges: names, columns: names.exactOptional() }),
);
export const owned = { ...named, owner: z.string().exactOptional(), grants: z.array(grantSchema).exactOptional() };
export const inSchema = { ...owned, schema: z.string() };
export const options = z.record(z.string(), z.string()).exactOptional();

const families = [
  ...(["integer", "decimal", "float", "money", "boolean", "text", "binary", "date", "time", "timestamp"] as const),
  ...(["interval", "uuid", "json", "xml", "enum", "composite", "range", "network", "geometry", "bits"] as const),
  ...(["search", "vector", "other"] as const),
] as const;

export const dataTypeSchema = part(
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

true satisfies Agree<DataType, Frozen<z.output<typeof dataTypeSchema>>>;
