import { splitStatements, type SplitStatement } from "../../languages/sql/postgres/split.ts";
import { loadParser } from "../../languages/sql/postgres/parse.ts";
import type { MigrationFile } from "../../source.ts";
import { EngineError } from "../../ports.ts";
import type { EmbeddedEngine } from "../pglite-engine.ts";
import type { RunResult } from "../protocol.ts";
import { RESET_USER } from "../reset-session.ts";
import { PRESUMED_PATH } from "./presumed-path.ts";
import { readTraits } from "../statement-traits.ts";
import { makeMissing } from "./make-missing.ts";
import { missingObject, type MissingObject } from "./missing-object.ts";
import { standInCatalog } from "./stand-in-catalog.ts";
import type { MakeInput } from "./statement-names.ts";
import { readHints } from "./statement-hints.ts";

/** A statement is helped at most this often; one that needs more is not understood. */
const MOST_HELPS = 60;

/**
 * The statements that make what files take for granted: tables, columns, keys, types, functions, with the types that
 * their use suggests. Found by running the files and making what the engine misses. Null when nothing is missing. The
 * engine holds the history before; statements that fail for another reason are passed over, and what comes behind one
 * that kills the engine is not looked at.
 */
export async function presumeObjects(
  files: readonly MigrationFile[],
  engine: EmbeddedEngine,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<MigrationFile | null> {
  const parser = await loadParser();
  const statements = files.flatMap((file) =>
    splitStatements(file, file.firstLine === undefined ? {} : { firstLine: file.firstLine }).statements.flatMap(
      (statement) => {
        const outcome = parser.parse(statement.text);
        return outcome.ok ? [{ statement, tree: outcome.tree }] : [];
      },
    ),
  );
  const hints = readHints(statements.map(({ tree }) => tree));
  const made: string[] = [];
  const shared = {
    hints,
    catalog: standInCatalog(engine),
    made: new Set<string>(),
    guesses: new Map<string, number>(),
  };
  for (const { statement, tree } of statements) {
    const { control } = readTraits(statement.text, parser);
    // Transactions would take the stand-ins with them when they are rolled back.
    if (control !== null) continue;
    try {
      await help({ engine, statement, timeoutMs }, { ...shared, tree }, made);
    } catch (error) {
      if (error instanceof EngineError && error.code !== "sql") break;
      throw error;
    }
  }
  if (made.length === 0) return null;
  const text = `${[...new Set(made)].join(";\n")};\n`;
  return { path: PRESUMED_PATH, text, version: PRESUMED_PATH, transaction: "none" };
}

interface Run {
  readonly engine: EmbeddedEngine;
  readonly statement: SplitStatement;
  readonly timeoutMs: number;
}

async function help({ engine, statement, timeoutMs }: Run, input: MakeInput, made: string[]): Promise<void> {
  for (let helps = 0; helps < MOST_HELPS; helps++) {
    const missing = missingOf(await attempt({ engine, statement, timeoutMs }));
    if (!missing) return;
    const sql = await makeMissing(missing, input);
    if (!sql || !(await make(engine, sql))) return;
    made.push(...sql);
  }
}

/** Runs a statement; one that needs a transaction gets one. */
async function attempt({ engine, statement: { text }, timeoutMs }: Run): Promise<RunResult> {
  const result = await engine.run(text, { guarded: false, timeoutMs });
  if (result.error?.sqlstate !== NO_TRANSACTION) return result;
  await engine.run("begin", { guarded: false });
  const inside = await engine.run(text, { guarded: false, timeoutMs });
  await engine.run("commit", { guarded: false });
  return inside;
}

const NO_TRANSACTION = "25P01";

/** What a statement missed; also when IF EXISTS let it go on without. */
function missingOf({ error, notices }: RunResult): MissingObject | null {
  if (error) return missingObject(error);
  for (const message of notices) {
    if (!message.endsWith(", skipping") || !message.includes("does not exist")) continue;
    const missing = missingObject({ message });
    if (missing) return missing;
  }
  return null;
}

/** Makes stand-ins as the owner of everything, whatever role the file has set. */
async function make(engine: EmbeddedEngine, statements: readonly string[]): Promise<boolean> {
  const { rows } = await engine.query("select current_user::text as name");
  const role = String(rows[0]?.["name"]);
  await engine.exec(RESET_USER);
  try {
    return await runAll(engine, statements);
  } finally {
    if (role !== "postgres") await engine.run(`set role "${role.replaceAll('"', '""')}"`, { guarded: false });
  }
}

async function runAll(engine: EmbeddedEngine, statements: readonly string[]): Promise<boolean> {
  for (const sql of statements) {
    const { error } = await engine.run(sql, { guarded: false });
    if (error) return false;
  }
  return true;
}
