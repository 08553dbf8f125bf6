import { missingBaseline } from "../../missing-baseline.ts";
import type { SchemaModel } from "../../model.ts";
import { mssqlFacts } from "./facts.ts";
import type { Problem } from "../../problem.ts";
import type { MigrationFile } from "../../source.ts";
import type { Applier } from "../../languages/sql/mssql/applier.ts";
import { applyStatements, clauseProblem, type Tally } from "../../languages/sql/mssql/apply.ts";
import { splitBatches } from "../../languages/sql/mssql/batches.ts";
import { Draft, type DraftConstraint } from "../../languages/sql/mssql/draft.ts";
import { readBatch } from "../../languages/sql/mssql/read-batch.ts";
import type { Statement } from "../../languages/sql/mssql/statement.ts";
import { toModel } from "./to-model.ts";
import { viewColumns } from "../../languages/sql/mssql/view-columns.ts";

export interface MssqlOptions {
  /** Major version of the server, such as `2022`. */
  readonly version?: string;
  /** The schema of names without one. Default `dbo`. */
  readonly defaultSchema?: string;
  /** Values of sqlcmd's `$(name)` and DbUp's `$name$`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** One statement that runs, guards decided, before it is applied. */
export interface MssqlStep {
  readonly file: MigrationFile;
  readonly statement: Statement;
  /** The text that the statement's offsets count in: the file's, or what an EXEC runs. */
  readonly text: string;
  /** Itself, or the EXEC of the file that runs it. */
  readonly outer: Statement;
  /** Inside of a TRY block. */
  readonly isTried: boolean;
  /** Offset where its batch begins. */
  readonly batch: number;
}

/** As the replay's `ReadModel`, without an engine. */
export interface ReadMssqlModel {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
  readonly files: number;
  readonly statements: {
    readonly total: number;
    readonly applied: number;
    readonly shimmed: number;
    readonly failed: number;
  };
}

const DEFAULT_VERSION = "2022";

/**
 * The model of T-SQL scripts in the order given, by our own rules: no server is asked. A statement that cannot be read or
 * applied costs itself, a clause that is not known costs that clause; the problems say where.
 *
 * A constraint without a name is called as SQL Server calls it but without the random end (`PK__Orders`,
 * `FK__Orders__CustomerId`); a default without one has no `defaultName`.
 */
export function readMssqlModel(
  files: readonly MigrationFile[],
  options: MssqlOptions = {},
  onStep: (step: MssqlStep) => void = () => {},
): ReadMssqlModel {
  const draft = new Draft(options.defaultSchema ?? mssqlFacts.defaultSchema);
  const problems: Problem[] = [];
  const tally: Tally = { total: 0, applied: 0, failed: 0 };
  for (const file of files) {
    const split = splitBatches(file, {
      ...(file.firstLine === undefined ? {} : { firstLine: file.firstLine }),
      ...(options.variables ? { variables: options.variables } : {}),
    });
    problems.push(...split.problems);
    for (const batch of split.batches) {
      const { statements, clauses } = readBatch(split.text, batch.tokens);
      let outer: Statement | undefined;
      const applier: Applier = {
        draft,
        problems,
        variables: new Map(),
        place: split.place,
        text: split.text,
        tries: 0,
        failed: false,
        onStep(statement, { text, isTried }) {
          if (text === split.text) outer = statement;
          if (outer) onStep({ file, statement, text, outer, isTried, batch: batch.tokens[0]?.start ?? 0 });
        },
      };
      for (const clause of clauses) clauseProblem(applier, clause);
      applyStatements(applier, statements, tally);
    }
  }
  finish(draft, problems);
  const complete = !problems.some((problem) => problem.makesIncomplete === true);
  return {
    model: toModel({ draft, version: options.version ?? DEFAULT_VERSION, complete }),
    problems: missingBaseline(problems, tally.total, "a script of the database, schema only"),
    files: files.length,
    statements: { ...tally, shimmed: 0 },
  };
}

/** What could only be told when everything was read: views over later views, foreign keys to later tables. */
function finish(draft: Draft, problems: Problem[]): void {
  let open = [...draft.all()].flatMap((object) => (object.kind === "view" && !object.columns ? [object] : []));
  for (let before = -1; open.length !== before && open.length > 0;) {
    before = open.length;
    for (const view of open) view.columns = viewColumns(draft, view.source);
    open = open.filter((view) => !view.columns);
  }
  for (const object of draft.all()) if (object.kind === "foreign key") checkTarget(draft, object, problems);
}

function checkTarget(draft: Draft, { name, table, target, origin }: DraftConstraint, problems: Problem[]): void {
  if (!target || target.table || draft.table(target.ref)) return;
  problems.push({
    code: "QG219",
    severity: "error",
    message: `${name} of ${table.schema}.${table.name} points at ${draft.schemaName(target.ref)}.${target.ref.name}, which does not exist`,
    help: "Add the file that makes that table.",
    origin: origin.created,
    makesIncomplete: true,
    missingObject: true,
  });
}
