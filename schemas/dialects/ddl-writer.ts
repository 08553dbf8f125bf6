import type { SchemaModel } from "../model.ts";
import type { Problem } from "../problem.ts";

/** The statements that make a model in its own dialect, without terminators, and what of it they leave out. */
export interface WrittenDdl {
  readonly statements: readonly string[];
  readonly problems: readonly Problem[];
}

export type DdlWriter = (model: SchemaModel) => WrittenDdl;

/** What cannot be written, with why. */
export function unwritten(objectId: string, why: string): Problem {
  return {
    code: "QG728",
    severity: "warning",
    message: `${objectId} is left out of the SQL: ${why}`,
    help: "Add it by hand where the SQL is used.",
    objectId,
  };
}
