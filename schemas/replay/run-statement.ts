import type { Measurement } from "../finding.ts";
import type { SplitStatement } from "../languages/sql/postgres/split.ts";
import type { Parser } from "../languages/sql/postgres/parse.ts";
import { isData, statementKind, textOption } from "../languages/sql/postgres/statement-kind.ts";
import type { Problem } from "../problem.ts";
import type { Origin } from "../source.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";
import type { EngineFault, RunResult, TransactionState } from "./protocol.ts";
import { failedProblem, missingExtensionProblem, shimProblem } from "./replay-problems.ts";
import { shimFor } from "./shims.ts";
import { standInFor } from "./stand-ins.ts";
import type { Traced } from "./tracer.ts";

/** `shimmed`: applied after something missing was made · `stubbed`: left out because the engine lacks an extension. */
export type Outcome = "applied" | "shimmed" | "stubbed" | "failed";

export interface StatementRun {
  readonly outcome: Outcome;
  readonly state: TransactionState;
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
  readonly measurement?: Measurement;
  /** What the engine said to a statement that it refused. */
  readonly failure?: EngineFault;
}

interface RunnerInput {
  readonly engine: EmbeddedEngine;
  readonly parser: Parser;
  /** Extensions found missing; the runner adds to it. */
  readonly missing: { name: string; origin: Origin }[];
}

interface NamedExtension {
  readonly name: string;
  /** Where its objects are wanted. */
  readonly schema?: string;
}

interface StatementInput {
  readonly statement: SplitStatement;
  readonly guarded: boolean;
  readonly trace?: (sql: string) => Promise<Traced>;
}

/** A failed statement is helped and run again at most this often. */
const MOST_SHIMS = 4;

/** Runs statements one by one; a failure is helped where something missing can be made, and is a problem otherwise. */
export function createStatementRunner({ engine, parser, missing }: RunnerInput) {
  async function once({ statement, guarded, trace }: StatementInput): Promise<Traced> {
    if (trace) return trace(statement.text);
    return { result: await engine.run(statement.text, { guarded }) };
  }

  return async function run(input: StatementInput): Promise<StatementRun> {
    const { statement } = input;
    const problems: Problem[] = [];
    const notices: string[] = [];
    for (let shims = 0; ; shims++) {
      const { result, measurement } = await once(input);
      notices.push(...(result.error ? [] : result.notices));
      if (!result.error) {
        const outcome = shims > 0 ? "shimmed" : "applied";
        return { outcome, state: result.state, notices, problems, ...(measurement ? { measurement } : {}) };
      }
      const shim = shims < MOST_SHIMS ? shimFor(result.error) : null;
      // Outside a transaction of ours a failed one is the script's own and cannot go on.
      if (shim && result.state !== "failed") {
        const made = await engine.run(shim.sql, { guarded: result.state === "open" });
        if (!made.error) {
          notices.push(...made.notices);
          if (shim.kind !== "bookkeeping") problems.push(shimProblem(shim, statement));
          continue;
        }
      }
      const lacking = missingExtension(statement, result.error);
      const standIn = lacking === null ? null : standInFor(lacking.name, lacking.schema);
      // Without it the tables are missing too, as they were before; the problem says so in either case.
      if (standIn !== null && result.state !== "failed") {
        await engine.run(standIn, { guarded: result.state === "open" });
      }
      return {
        ...failed(result, result.error, statement),
        failure: result.error,
        notices,
        problems: [...problems, ...verdict(result.error, statement)],
      };
    }
  };

  function failed(
    result: RunResult,
    fault: EngineFault,
    statement: SplitStatement,
  ): Pick<StatementRun, "outcome" | "state"> {
    const isStub = missingExtension(statement, fault) !== null || aboutMissing(statement) !== null;
    return { outcome: isStub ? "stubbed" : "failed", state: result.state };
  }

  function verdict(fault: EngineFault, statement: SplitStatement): readonly Problem[] {
    const extension = missingExtension(statement, fault)?.name;
    if (extension !== undefined) {
      const { file, line, column } = statement.span;
      if (!missing.some(({ name }) => name === extension)) {
        missing.push({ name: extension, origin: { created: { file, line, column } } });
      }
      return [missingExtensionProblem(extension, statement)];
    }
    if (aboutMissing(statement) !== null) return [];
    const tree = parser.parse(statement.text);
    return [failedProblem(fault, statement, { isData: tree.ok && isData(tree.tree), parse: tree })];
  }

  /** The extension that a failed CREATE EXTENSION asks for. */
  function missingExtension(statement: SplitStatement, fault: EngineFault): NamedExtension | null {
    const kind = kindOf(statement);
    if (kind === null || !("CreateExtensionStmt" in kind)) return null;
    const { extname: name, options } = kind.CreateExtensionStmt;
    if (name === undefined || (fault.sqlstate !== "0A000" && fault.sqlstate !== "58P01")) return null;
    const schema = textOption(options, "schema");
    return { name, ...(schema === undefined ? {} : { schema }) };
  }

  /** The missing extension that a statement only comments on or alters; such a statement is part of the same stub. */
  function aboutMissing(statement: SplitStatement): string | null {
    if (missing.length === 0) return null;
    const kind = kindOf(statement);
    if (kind === null) return null;
    let name: string | undefined;
    if ("AlterExtensionStmt" in kind) name = kind.AlterExtensionStmt.extname;
    if ("CommentStmt" in kind && kind.CommentStmt.objtype === "OBJECT_EXTENSION") {
      const object = kind.CommentStmt.object;
      if (object && "String" in object) name = object.String.sval;
    }
    return name !== undefined && missing.some((entry) => entry.name === name) ? name : null;
  }

  function kindOf(statement: SplitStatement) {
    const outcome = parser.parse(statement.text);
    return outcome.ok ? (statementKind(outcome.tree)?.node ?? null) : null;
  }
}
