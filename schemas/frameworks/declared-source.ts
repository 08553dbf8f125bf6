import { dialects, type Dialect } from "../model.ts";
import type { WithProblems } from "../problem.ts";
import type { MigrationFile, SourceFile } from "../source.ts";
import type { DeclaredSchema } from "../languages/declared/declared-schema.ts";
import { layOut } from "../languages/declared/lay-out.ts";
import { writeDeclared } from "../languages/declared/write-declared.ts";
import type { ReadInput } from "./framework.ts";

export type DeclaredReader = (file: SourceFile, dialect: Dialect) => Promise<WithProblems<DeclaredSchema | null>>;

/** The steps that a file of another language than SQL stands for, for the engine that is asked for. */
export async function readDeclared(
  { path, listing, engine }: ReadInput,
  read: DeclaredReader,
): Promise<WithProblems<readonly MigrationFile[]>> {
  const { value: file, problems } = await listing.read(path);
  if (!file) return { value: [], problems };
  const dialect = dialectOf(engine);
  const schema = await read(file, dialect);
  const value = schema.value
    ? layOut(writeDeclared(schema.value, dialect).map((statement) => ({ ...statement, file: path })))
    : [];
  return { value, problems: [...problems, ...schema.problems] };
}

/** PostgreSQL for an engine that is none of ours. */
export const dialectOf = (engine: string): Dialect => dialects.find((known) => known === engine) ?? "postgres";
