import { applyStatement } from "../../languages/sql/mysql/apply.ts";
import { find, NO_DATABASE, type ApplyContext } from "../../languages/sql/mysql/apply-context.ts";
import { ApplyError, newBuilt, type Built } from "../../languages/sql/mysql/built.ts";
import { placesOf } from "../../languages/sql/mysql/places.ts";
import { readStatement, type ReadStatement } from "../../languages/sql/mysql/read-statement.ts";
import { newSession, runCall, runSession } from "../../languages/sql/mysql/run-procedural.ts";
import { splitStatements, type MysqlStatementText } from "../../languages/sql/mysql/split.ts";
import { missingBaseline } from "../../missing-baseline.ts";
import type { Statement } from "../../languages/sql/mysql/statement.ts";
import type { SchemaModel, Table } from "../../model.ts";
import type { Problem } from "../../problem.ts";
import type { MigrationFile, SourceRef } from "../../source.ts";
import { mysqlFacts, type MysqlFacts, type MysqlVersion } from "./facts.ts";
import { tableModel } from "./table-to-model.ts";
import { builtToModel } from "./to-model.ts";

/** As the replay's `ReadModel`, without an engine. */
export interface ReadMysqlModel {
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

/**
 * The model that MySQL or MariaDB scripts make, by rule: no server runs. A statement that cannot be read or does not
 * fit costs itself, a clause that is not known costs the clause; the problems say which and where.
 */
export function readMysqlModel(
  files: readonly MigrationFile[],
  version: MysqlVersion,
  onStep: (step: MysqlStep) => void = ignore,
): ReadMysqlModel {
  const reading = new Reading(mysqlFacts(version), onStep);
  for (const file of files) reading.file(file);
  return reading.result(files.length);
}

const ignore = (): void => {};

/** One statement that was read, before it is applied; those that a script builds stand where it runs them. */
export interface MysqlStep {
  readonly file: MigrationFile;
  readonly source: MysqlStatementText;
  readonly statement: Statement;
  /** Its own text: of a statement that the script builds, what it built. */
  readonly text: string;
  /** The database that names without one are in. */
  readonly database: string;
  /** The table that an ALTER TABLE changes as it was before; absent when no file has made it. */
  readonly table?: Table;
  readonly facts: MysqlFacts;
}

class Reading {
  readonly #facts: MysqlFacts;
  readonly #onStep: (step: MysqlStep) => void;
  readonly #built: Built = newBuilt();
  readonly #problems: Problem[] = [];
  readonly #session = newSession();
  #current = NO_DATABASE;
  #total = 0;
  #failed = 0;

  constructor(facts: MysqlFacts, onStep: (step: MysqlStep) => void) {
    this.#facts = facts;
    this.#onStep = onStep;
  }

  file(file: MigrationFile): void {
    const { runs } = this.#facts;
    const { firstLine } = file;
    const split = splitStatements(file, { runs, ...(firstLine === undefined ? {} : { firstLine }) });
    this.#problems.push(...split.problems);
    for (const statement of split.statements) this.#statement(file, statement);
  }

  #statement(file: MigrationFile, source: MysqlStatementText): void {
    const { text, span } = source;
    const start: SourceRef = { file: span.file, line: span.line, column: span.column };
    const placeAt = placesOf(text, start);
    this.#total++;
    const read = readStatement(text, this.#facts.runs);
    if (!read.statement || read.statement.kind === "unknown") {
      this.#failed++;
      this.#problems.push(unreadable(read, text, placeAt));
      return;
    }
    for (const lost of read.lost) {
      this.#problems.push({
        code: "QG222",
        severity: "warning",
        message: `"${shortened(lost.text)}" was left out: ${lost.reason}`,
        origin: placeAt(lost.offset),
        makesIncomplete: true,
      });
    }
    this.#apply({ text, start, placeAt }, read.statement, (step, built) => {
      const table = this.#tableOf(step);
      const known = table ? { table } : {};
      this.#onStep({
        file,
        source,
        statement: step,
        text: built,
        database: this.#current,
        facts: this.#facts,
        ...known,
      });
    });
  }

  #apply(
    { text, start, placeAt }: Pick<ApplyContext, "text" | "start" | "placeAt">,
    statement: NonNullable<ReadStatement["statement"]>,
    onStep: (statement: Statement, text: string) => void,
  ): void {
    onStep(statement, text);
    const context: ApplyContext = {
      built: this.#built,
      facts: this.#facts,
      current: this.#current,
      text,
      start,
      placeAt,
      onBuilt: onStep,
      lose: (message, offset, { help, missing = false, harmless = false } = {}) => {
        this.#problems.push({
          code: harmless ? "QG222" : "QG219",
          severity: harmless ? "info" : "error",
          message,
          origin: placeAt(offset),
          ...(help === undefined ? {} : { help }),
          ...(harmless ? {} : { makesIncomplete: true }),
          ...(missing ? { missingObject: true } : {}),
        });
      },
    };
    try {
      if (statement.kind === "session") runSession(context, this.#session);
      else if (statement.kind === "call") runCall(context, this.#session, statement);
      else applyStatement(context, statement);
      this.#current = context.current;
    } catch (error) {
      if (!(error instanceof ApplyError)) throw error;
      this.#failed++;
      context.lose(error.message, 0, { missing: error.missing });
    }
  }

  #tableOf(statement: Statement): Table | undefined {
    if (statement.kind !== "alter table" || this.#onStep === ignore) return undefined;
    const { schema = this.#current, name } = statement.name;
    const table = find(this.#built.tables, schema, name);
    return table && tableModel(table, [], this.#facts);
  }

  result(files: number): ReadMysqlModel {
    const problems = missingBaseline(this.#problems, this.#total, "mysqldump --no-data");
    const complete = !problems.some(({ makesIncomplete }) => makesIncomplete === true);
    const statements = { total: this.#total, applied: this.#total - this.#failed, shimmed: 0, failed: this.#failed };
    return { model: builtToModel(this.#built, { facts: this.#facts, complete }), problems, files, statements };
  }
}

function unreadable(
  { error, statement }: ReadStatement,
  text: string,
  placeAt: (offset: number) => SourceRef,
): Problem {
  const reason =
    error?.message ?? `"${statement?.kind === "unknown" ? statement.verb : ""}" begins no statement that is known`;
  return {
    code: "QG202",
    severity: "error",
    message: `The statement "${shortened(text)}" cannot be read: ${reason}`,
    help: "The statement was left out and the rest read.",
    origin: placeAt(error?.offset ?? 0),
    makesIncomplete: true,
  };
}

const LONGEST_QUOTE = 60;

function shortened(text: string): string {
  const line = text.slice(0, 4 * LONGEST_QUOTE).replaceAll(/\s+/g, " ");
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}
