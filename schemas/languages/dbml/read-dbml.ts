import type { Dialect } from "../../model.ts";
import type { WithProblems } from "../../problem.ts";
import type { SourceFile } from "../../source.ts";
import type { DeclaredSchema } from "../declared/declared-schema.ts";
import { dbmlProblems } from "./dbml-problems.ts";
import { toDeclared } from "./to-declared.ts";

/**
 * A document in DBML (https://dbml.dbdiagram.io/docs) by the language's own parser, which takes more than a second to
 * load and is loaded only here. The parser takes a document as a whole: one mistake costs all of it.
 */
export async function readDbml(file: SourceFile, dialect: Dialect): Promise<WithProblems<DeclaredSchema | null>> {
  const { Parser } = await import("@dbml/core");
  try {
    return toDeclared(new Parser().parse(file.text, "dbmlv2"), { dialect, path: file.path });
  } catch (error) {
    const problems = dbmlProblems(error, file.path);
    if (problems.length === 0) throw error;
    return { value: null, problems };
  }
}
