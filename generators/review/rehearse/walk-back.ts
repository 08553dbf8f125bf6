import { diffModels } from "#schemas/diff/diff-models.ts";
import type { Change } from "#schemas/change.ts";
import { splitStatements } from "#schemas/languages/sql/postgres/split.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Problem } from "#schemas/problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { MigrationFile, SourceFile } from "#schemas/source.ts";
import { modelOf } from "./engine-schema.ts";

interface WalkInput {
  /** Holds the schema after the files, and does so again afterwards when the way down is sound. */
  readonly engine: EmbeddedEngine;
  /** The schema before the files, as `modelOf` reads it. */
  readonly before: SchemaModel;
  /** In the order they run. */
  readonly files: readonly MigrationFile[];
}

/**
 * Goes the way down of the files and up again. What then differs from the schema before, or after, is what a rollback
 * leaves behind; a file without a way down ends the walk. One problem a file at most.
 */
export async function walkBack({ engine, before, files }: WalkInput): Promise<readonly Problem[]> {
  const downs = files.flatMap(({ down }) => down ?? []);
  const [last] = downs.slice(-1);
  if (!last || downs.length < files.length) return [];
  const after = await modelOf(engine);
  for (const down of downs.toReversed()) {
    const wrong = await run(engine, down);
    if (wrong) return [wrong];
  }
  const left = differences(before, await modelOf(engine));
  if (left.length > 0) return [problem(last, `does not lead back: ${words(left)}`)];
  for (const file of files) {
    const wrong = await run(engine, file);
    if (wrong) return [problem(file.down ?? file, `leaves something behind: going up again fails, ${wrong.message}`)];
  }
  const again = differences(after, await modelOf(engine));
  return again.length === 0 ? [] : [problem(last, `does not lead back: up again is not the same, ${words(again)}`)];
}

/** Runs a file; statements that control transactions are passed over by the engine's own autocommit. */
async function run(engine: EmbeddedEngine, file: SourceFile): Promise<Problem | null> {
  for (const statement of splitStatements(file).statements) {
    const { error, state } = await engine.run(statement.text, { guarded: false });
    if (state === "failed") await engine.run("rollback", { guarded: false });
    if (error) return problem(file, `fails: ${error.message}`, statement.span.line);
  }
  return null;
}

const problem = ({ path }: SourceFile, what: string, line = 1): Problem => ({
  code: "QG753",
  severity: "warning",
  message: `The way down ${path} ${what}`,
  help: "Undo in it, in the opposite order, all that the way up makes, and nothing else.",
  origin: { file: path, line, column: 1 },
});

const MOST_WORDS = 3;

function words(changes: readonly Change[]): string {
  const some = changes.slice(0, MOST_WORDS).map(changeWords);
  return changes.length > MOST_WORDS ? `${some.join(", ")} and ${changes.length - MOST_WORDS} more` : some.join(", ");
}

const WHAT = {
  added: "is left behind",
  dropped: "is missing",
  changed: "differs",
  renamed: "has another name",
} as const;

function changeWords({ kind, object, id }: Change): string {
  return `${object} ${id} ${WHAT[kind]}`;
}

/** Differences that matter: a column that is made again stands at the end, which no way down can help. */
const differences = (before: SchemaModel, after: SchemaModel): readonly Change[] =>
  diffModels(before, after).filter(
    (change) => change.kind !== "changed" || change.fields.some((field) => field !== "position"),
  );
