import { z } from "zod";
import type { Problem } from "../../problem.ts";

/** What the parser threw, as problems at their places; none when it is no complaint about the document. */
export function dbmlProblems(error: unknown, path: string): readonly Problem[] {
  const parsed = complaint.safeParse(error);
  if (!parsed.success) return [];
  return parsed.data.diags.slice(0, MOST_SHOWN).map(({ message, location }) => ({
    code: "QG720",
    severity: "error",
    message: `the DBML cannot be read: ${message}`,
    help: "Mend the document; https://dbml.dbdiagram.io/docs says what it may hold.",
    origin: { file: path, line: location?.start.line ?? 1, column: location?.start.column ?? 1 },
    makesIncomplete: true,
  }));
}

/** The parser goes on after a mistake; what follows the first ones is often their echo. */
const MOST_SHOWN = 5;

const complaint = z.object({
  diags: z
    .array(
      z.object({
        message: z.string(),
        location: z.object({ start: z.object({ line: z.number(), column: z.number() }) }).optional(),
      }),
    )
    .min(1),
});
