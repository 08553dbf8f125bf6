import type { CompileError } from "@dbml/parse";
import type { Dialect } from "../../model.ts";
import type { Problem, WithProblems } from "../../problem.ts";
import type { SourceFile } from "../../source.ts";
import type { DeclaredSchema } from "../declared/declared-schema.ts";
import { linkDocument } from "./linked.ts";
import { toDeclared } from "./to-declared.ts";

/**
 * A document in DBML (https://dbml.dbdiagram.io/docs) by the language's own parser. The parser takes a document as a
 * whole: one mistake costs all of it.
 */
export async function readDbml(file: SourceFile, dialect: Dialect): Promise<WithProblems<DeclaredSchema | null>> {
  const { Compiler, DEFAULT_ENTRY, MemoryProjectLayout, getMultiplicities } = await import("@dbml/parse");
  const layout = new MemoryProjectLayout();
  layout.setSource(DEFAULT_ENTRY, file.text);
  const { parse } = new Compiler(layout);
  const errors = parse.errors(DEFAULT_ENTRY);
  const database = errors.length === 0 ? parse.rawDb(DEFAULT_ENTRY) : undefined;
  if (!database) return { value: null, problems: errors.slice(0, MOST_SHOWN).map((one) => toProblem(one, file.path)) };
  return toDeclared(linkDocument(database, getMultiplicities), { dialect, path: file.path });
}

/** The parser goes on after a mistake; what follows the first ones is often their echo. */
const MOST_SHOWN = 5;

function toProblem({ diagnostic, nodeOrToken }: CompileError, path: string): Problem {
  const { line, column } = nodeOrToken.startPos;
  return {
    code: "QG720",
    severity: "error",
    message: `the DBML cannot be read: ${diagnostic}`,
    help: "Mend the document; https://dbml.dbdiagram.io/docs says what it may hold.",
    origin: { file: path, line: line + 1, column: column + 1 },
    makesIncomplete: true,
  };
}
