import type { Constraint } from "../model.ts";
import type { ReadModel } from "../replay/read-model.ts";
import type { MigrationFile } from "../source.ts";

/** A key that is not enforced and that only a file of another language declares is no constraint of the database. */
export function markVirtual(read: ReadModel, files: readonly MigrationFile[]): ReadModel {
  const declared = new Set(files.filter(({ isDeclared }) => isDeclared === true).map(({ path }) => path));
  if (declared.size === 0) return read;
  const mark = (constraint: Constraint): Constraint => {
    const isLoose = constraint.kind === "foreign key" && constraint.enforced === false;
    return isLoose && declared.has(constraint.origin?.created.file ?? "")
      ? { ...constraint, virtual: "declared" }
      : constraint;
  };
  const tables = read.model.tables.map((table) => ({ ...table, constraints: table.constraints.map(mark) }));
  return { ...read, model: { ...read.model, tables } };
}
