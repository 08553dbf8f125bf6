import { z } from "zod";
import { problemCodes } from "../problem-codes.ts";
import type { ProblemCode } from "../problem-codes.ts";
import type { Problem } from "../problem.ts";
import { part } from "./frozen.ts";
import type { Agree, Frozen } from "./frozen.ts";
import { sourceRefSchema } from "./source.ts";

const codes = new Set<string>(Object.keys(problemCodes));

/** Any string in the published schema: a newer release knows more codes. Here only the codes of this one. */
const codeSchema = z.custom<ProblemCode>((value) => typeof value === "string" && codes.has(value));

/** Something wrong with what the user gave. */
export const problemSchema = part(
  "Problem",
  z.strictObject({
    code: codeSchema,
    severity: z.enum(["error", "warning", "info"]),
    message: z.string(),
    help: z.string().exactOptional(),
    origin: sourceRefSchema.exactOptional(),
    sqlstate: z.string().length(5).exactOptional(),
    objectId: z.string().exactOptional(),
    makesIncomplete: z.boolean().exactOptional(),
  }),
);

true satisfies Agree<Problem, Frozen<z.output<typeof problemSchema>>>;

export const problemExample: Problem = {
  code: "QG204",
  severity: "warning",
  message: 'The extension "postgis" is not in the embedded engine; 2 columns are kept as text.',
  help: "Nothing to do, unless these columns matter to a query.",
  origin: { file: "migrations/0012_geo.sql", line: 3, column: 1 },
  makesIncomplete: true,
};
