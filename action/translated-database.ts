import { writeDdl } from "#schemas/dialects/ddl-writers.ts";
import { translateModel } from "#schemas/dialects/translate/translate-model.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import type { MigrationFile } from "#schemas/source.ts";

/** What the embedded engine runs for a dialect that is not its own. */
export interface TranslatedDatabase {
  /** Under the ids of the original; its evidence stays that of the original. */
  readonly model: SchemaModel;
  readonly files: readonly MigrationFile[];
  /** What is approximate or left out. */
  readonly problems: readonly Problem[];
}

/** The schema of a MySQL or SQL Server model as a script for the embedded engine. */
export function translatedDatabase(model: SchemaModel): TranslatedDatabase {
  const translation = translateModel(model);
  const { statements, problems } = writeDdl(translation.model);
  const text = statements.map((sql) => `${sql};\n`).join("");
  const files: readonly MigrationFile[] = [
    { path: "translated.sql", text, version: "translated", transaction: "none" },
  ];
  return { model: translation.model, files, problems: [...translation.problems, ...problems] };
}
