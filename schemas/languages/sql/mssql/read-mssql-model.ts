import type { SchemaModel } from "../../../model.ts";
import { mssqlFacts } from "../../../dialects/mssql/facts.ts";
import type { Problem } from "../../../problem.ts";
import type { MigrationFile } from "../../../source.ts";
import type { Applier } from "./applier.ts";
import { applyStatements, clauseProblem, type Tally } from "./apply.ts";
import { splitBatches } from "./batches.ts";
import { Draft, type DraftConstraint } from "./draft.ts";
import { readBatch } from "./read-batch.ts";
import { toModel } from "./to-model.ts";
import { viewColumns } from "./view-columns.ts";

export interface MssqlOptions {
  /** Major version of the server, such as `2022`. */
  readonly version?: string;
  /** The schema of names without one. Default `dbo`. */
  readonly defaultSchema?: string;
  /** Values of sqlcmd's `$(name)` and DbUp's `$name$`. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface MssqlModel {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
  readonly statements: Tally;
}

/** `GO 100000` is about rows; a batch that changes the schema is the same after the first time. */
const DEFAULT_VERSION = "2022";

/**
 * The model of T-SQL scripts in the order given, by our own rules: no server is asked. A statement that cannot be read or
 * applied costs itself, a clause that is not known costs that clause; the problems say where.
 *
 * A constraint without a name is called as SQL Server calls it but without the random end (`PK__Orders`,
 * `FK__Orders__CustomerId`); a default without one has no `defaultName`.
 */
export function readMssqlModel(files: readonly MigrationFile[], options: MssqlOptions = {}): MssqlModel {
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
      const applier: Applier = { draft, problems, variables: new Map(), place: split.place, failed: false };
      for (const clause of clauses) clauseProblem(applier, clause);
      applyStatements(applier, statements, tally);
    }
  }
  finish(draft, problems);
  const complete = !problems.some((problem) => problem.makesIncomplete === true);
  return { model: toModel({ draft, version: options.version ?? DEFAULT_VERSION, complete }), problems, statements: tally };
}

/** What could only be told when everything was read: views over later views, foreign keys to later tables. */
function finish(draft: Draft, problems: Problem[]): void {
  let open = [...draft.all()].flatMap((object) => (object.kind === "view" && !object.columns ? [object] : []));
  for (let before = -1; open.length !== before && open.length > 0; ) {
    before = open.length;
    for (const view of open) view.columns = viewColumns(draft, view.source);
    open = open.filter((view) => !view.columns);
  }
  for (const object of draft.all()) if (object.kind === "foreign key") checkTarget(draft, object, problems);
}

function checkTarget(draft: Draft, { name, table, target, origin }: DraftConstraint, problems: Problem[]): void {
  if (!target || target.table || draft.table(target.ref)) return;
  problems.push({
    code: "QG201",
    severity: "error",
    message: `${name} of ${table.schema}.${table.name} points at ${draft.schemaName(target.ref)}.${target.ref.name}, which does not exist`,
    help: "Add the file that makes that table.",
    origin: origin.created,
    makesIncomplete: true,
    missingObject: true,
  });
}
