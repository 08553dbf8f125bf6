import { z } from "zod";

/** A parsed value as the rest of the program sees it: nothing in it can be written to. */
export type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]: Frozen<T[K]> };

/** True when two types accept each other's values; `true satisfies Agree<A, B>` fails to compile otherwise. */
export type Agree<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Names of the parts of the published JSON Schemas, so that they are written once and read well. */
export const partNames = z.registry<{ id: string }>();

/** Gives a part the name it has under `$defs`. */
export function part<T extends z.ZodType>(id: string, schema: T): T {
  partNames.add(schema, { id });
  return schema;
}
