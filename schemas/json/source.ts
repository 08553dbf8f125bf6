import { z } from "zod";
import type { Origin, SourceRef, SourceSpan } from "../source.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";

const place = { file: z.string(), line: z.int().min(1), column: z.int().min(1) };

/** A place in a source file. */
export const sourceRefSchema = part("SourceRef", z.strictObject(place));

/** A range in a source file; its end is exclusive. */
export const sourceSpanSchema = part(
  "SourceSpan",
  z.strictObject({ ...place, endLine: z.int().min(1), endColumn: z.int().min(1) }),
);

/** Where an object was made and last changed. */
export const originSchema = part(
  "Origin",
  z.strictObject({ created: sourceRefSchema, changed: sourceRefSchema.exactOptional() }),
);

true satisfies Agree<SourceRef, Frozen<z.output<typeof sourceRefSchema>>>;
true satisfies Agree<SourceSpan, Frozen<z.output<typeof sourceSpanSchema>>>;
true satisfies Agree<Origin, Frozen<z.output<typeof originSchema>>>;
