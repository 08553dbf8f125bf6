import type { Dialect } from "../../model.ts";
import type { Problem, WithProblems } from "../../problem.ts";
import type { MigrationFile, SourceFile } from "../../source.ts";
import type { DeclaredSchema, DeclaredStatement } from "../declared/declared-schema.ts";
import { joinFiles } from "../declared/join-files.ts";
import { writeDeclared } from "../declared/write-declared.ts";
import { loadParser } from "../sql/postgres/parse.ts";
import { prismaContext } from "./context.ts";
import { engineScript } from "./engine-script.ts";
import { parsePrisma } from "./parse.ts";
import { loadSchemaEngine, type SchemaEngine } from "./schema-engine.ts";
import { scriptStatements } from "./script-lines.ts";
import { prismaToDeclared } from "./to-declared.ts";

export interface PrismaOptions {
  /** Prisma's own engine; loaded when absent, and none when null. */
  readonly engine?: SchemaEngine | null;
}

/**
 * The steps that a Prisma schema stands for. For PostgreSQL Prisma's own engine writes them; our reader adds what is
 * not in its script (comments, relations that only the client keeps) and serves the other databases alone.
 */
export async function readPrisma(
  files: readonly SourceFile[],
  dialect: Dialect,
  options: PrismaOptions = {},
): Promise<WithProblems<readonly MigrationFile[]>> {
  const syntax = parsePrisma(files);
  const joined = joinFiles(files);
  const context = prismaContext(syntax, dialect, joined.lineOf);
  const schema = prismaToDeclared(context);
  const problems = syntax.mistakes.map(({ message, ...place }): Problem => ({
    code: "QG720",
    severity: "error",
    message: `a line of the Prisma schema cannot be read: ${message}`,
    help: "npx prisma validate says what Prisma expects there.",
    origin: joined.placeOf(joined.lineOf(place)),
    makesIncomplete: true,
  }));
  const own = writeDeclared(schema, dialect);
  if (!context.provider.hasSchemaEngine) return { value: joined.layOut(own), problems };
  const engine = options.engine === undefined ? await loadSchemaEngine() : options.engine;
  const answer = await engineScript(engine, files);
  if (answer.kind === "script") {
    const made = scriptStatements(answer.script, schema, await loadParser());
    return { value: joined.layOut([...extensionsOf(own), ...made, ...besides(schema, dialect)]), problems };
  }
  const why = answer.kind === "absent" ? "it could not be started" : `it says: ${answer.message}`;
  const problem: Problem = {
    code: "QG722",
    severity: "warning",
    message: `Prisma's schema engine was not used for ${files[0]?.path ?? "the schema"}: ${why}`,
    help: "Our own reader of Prisma's language was used instead. npx prisma validate checks the schema.",
    ...(files[0] ? { origin: { file: files[0].path, line: 1, column: 1 } } : {}),
  };
  return { value: joined.layOut(own), problems: [...problems, problem] };
}

const extensionsOf = (statements: readonly DeclaredStatement[]): readonly DeclaredStatement[] =>
  statements.filter(({ sql }) => sql.startsWith("CREATE EXTENSION"));

/** Comments and relations that only the client keeps: nothing else is left of a schema without columns and indexes. */
function besides(schema: DeclaredSchema, dialect: Dialect): readonly DeclaredStatement[] {
  const loose = schema.tables.map((table) => ({
    ...table,
    uniques: [],
    checks: [],
    indexes: [],
    foreignKeys: table.foreignKeys.filter(({ enforced }) => enforced === false),
  }));
  const rest = writeDeclared({ enums: schema.enums, tables: loose }, dialect);
  return rest.filter(({ sql }) => sql.startsWith("ALTER TABLE") || sql.startsWith("COMMENT ON"));
}
