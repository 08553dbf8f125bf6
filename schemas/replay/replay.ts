import type { Measurement } from "../finding.ts";
import { splitStatements, type SplitStatement } from "../languages/sql/postgres/split.ts";
import { loadParser, type Parser } from "../languages/sql/postgres/parse.ts";
import { parseProblem } from "../languages/sql/postgres/parse-problem.ts";
import { missingBaseline } from "../missing-baseline.ts";
import { EngineError, type Progress } from "../ports.ts";
import type { Problem } from "../problem.ts";
import type { MigrationFile, Origin, SourceRef } from "../source.ts";
import { extensionsNamedIn } from "./extensions.ts";
import { startEngine, type EmbeddedEngine, type EngineOptions } from "./pglite-engine.ts";
import type { EngineFault, TransactionState } from "./protocol.ts";
import type { HistoryFacts } from "./history-facts.ts";
import { createRecorder, type Recorder, type Touch } from "./recorder.ts";
import { copyProblem, stoppedProblem } from "./replay-problems.ts";
import { RESET_USER } from "./reset-session.ts";
import { createStatementRunner, type Outcome } from "./run-statement.ts";
import { readTraits } from "./statement-traits.ts";
import { createTracer, type Relations, type Tracer } from "./tracer.ts";

export interface ReplayOptions extends Omit<EngineOptions, "extensions"> {
  readonly progress?: Progress;
  /** Files whose statements are measured; each costs some milliseconds a statement. Default: none. */
  readonly measure?: ReadonlySet<string>;
  /** Extensions that no file names and that are wanted all the same. */
  readonly alsoLoad?: readonly string[];
  /** The history that the archive `from` holds; `files` come behind it. Default: none. */
  readonly behind?: HistoryFacts;
  /** A running engine to go on with, in place of a fresh one. It is not started again when a statement kills it. */
  readonly on?: EmbeddedEngine;
}

/** One statement of the history and what became of it. */
export interface ReplayedStatement {
  readonly statement: SplitStatement;
  readonly outcome: Outcome;
  readonly touched: readonly Touch[];
  /** Present for measured statements that ran in a transaction. */
  readonly measurement?: Measurement;
  /** What the engine said to a statement that it refused. */
  readonly failure?: EngineFault;
  /** True when it cannot run inside a transaction. */
  readonly alone: boolean;
}

export interface Replay {
  /** Still running, outside any transaction; the caller closes it. */
  readonly engine: EmbeddedEngine;
  readonly recorder: Recorder;
  readonly statements: readonly ReplayedStatement[];
  readonly problems: readonly Problem[];
  /** Files of the platform: what they made is no part of the model. */
  readonly preludes: ReadonlySet<string>;
  readonly missingExtensions: readonly { readonly name: string; readonly origin: Origin }[];
  /** Files whose statements were run in the transaction their framework opens, with the relations that were there before. */
  readonly before: ReadonlyMap<string, Relations>;
}

/** Statements that killed the engine may be left out this often before the replay gives up. */
const MOST_RESTARTS = 12;
/** After so many of one file the rest of it is left out too: each costs the time limit and a start. */
const MOST_STOPS = 3;
/** Statements in one request: a request has the time limit of one statement. */
const MOST_AT_ONCE = 100;

/**
 * Applies files in order to a fresh engine, each in its framework's transaction mode. A statement that fails costs
 * itself only. Throws `EngineError` when the engine cannot be started or dies more often than `MOST_RESTARTS`.
 */
export async function replay(files: readonly MigrationFile[], options: ReplayOptions = {}): Promise<Replay> {
  const parser = await loadParser();
  const skipped = new Map<string, Problem>();
  const ended = new Set<string>();
  const extensions = [...new Set([...extensionsNamedIn(files.map((file) => file.text)), ...(options.alsoLoad ?? [])])];
  let isCareful = false;
  for (let restarts = 0; ; restarts++) {
    const engine = options.on ?? (await startEngine({ ...options, extensions }));
    const pass = new Pass(engine, parser, { ...options, isCareful, ended }, skipped);
    try {
      return await pass.run(files);
    } catch (error) {
      if (options.on !== undefined) throw error;
      await engine.close();
      const at = pass.current;
      const isStopped = error instanceof EngineError && (error.code === "timeout" || error.code === "crashed");
      if (!isStopped || (at === undefined && !pass.isBatching) || restarts >= MOST_RESTARTS) throw error;
      // Which statement of a list it was shows when they run one by one.
      isCareful = true;
      if (at === undefined) continue;
      const { file } = at.span;
      const stops = [...skipped.values()].filter(({ origin }) => origin?.file === file).length + 1;
      skipped.set(placeKey(at.span), stoppedProblem(error, at.span, stops >= MOST_STOPS));
      if (stops >= MOST_STOPS) ended.add(placeKey(at.span));
    }
  }
}

interface PassOptions extends ReplayOptions {
  /** Statements run one by one, so that it is known which one stops the engine. */
  readonly isCareful: boolean;
  /** Places of statements after which the rest of their file is left out. */
  readonly ended: ReadonlySet<string>;
}

/** One run over all files on one engine. */
class Pass {
  current: SplitStatement | undefined;
  /** True while several statements run in one request. */
  isBatching = false;
  readonly #engine: EmbeddedEngine;
  readonly #parser: Parser;
  readonly #options: PassOptions;
  readonly #skipped: ReadonlyMap<string, Problem>;
  readonly #recorder: Recorder;
  readonly #problems: Problem[] = [];
  readonly #statements: ReplayedStatement[] = [];
  readonly #missing: { name: string; origin: Origin }[];
  readonly #before = new Map<string, Relations>();
  readonly #tracer: Tracer;
  #state: TransactionState = "idle";

  constructor(engine: EmbeddedEngine, parser: Parser, options: PassOptions, skipped: ReadonlyMap<string, Problem>) {
    this.#engine = engine;
    this.#parser = parser;
    this.#options = options;
    this.#skipped = skipped;
    this.#tracer = createTracer(engine);
    this.#recorder = createRecorder(options.behind?.recorder);
    this.#missing = [...(options.behind?.missingExtensions ?? [])];
  }

  async run(files: readonly MigrationFile[]): Promise<Replay> {
    const { progress, behind } = this.#options;
    progress?.start("replay", files.length);
    for (const [index, file] of files.entries()) {
      await this.#file(file);
      const next = files[index + 1];
      if (file.transaction !== "all" || next?.transaction !== "all") await this.#end(file);
      progress?.step("replay", index + 1);
    }
    return {
      engine: this.#engine,
      recorder: this.#recorder,
      statements: this.#statements,
      problems: missingBaseline(this.#problems, this.#statements.length + (behind?.statements ?? 0)),
      preludes: new Set([
        ...(behind?.preludes ?? []),
        ...files.filter((file) => file.isPrelude === true).map(({ path }) => path),
      ]),
      missingExtensions: this.#missing,
      before: this.#before,
    };
  }

  async #file(file: MigrationFile): Promise<void> {
    const split = splitStatements(file, file.firstLine === undefined ? {} : { firstLine: file.firstLine });
    this.#problems.push(...split.problems);
    const done = await this.#atOnce(file, split.statements);
    if (done > 0 && done === split.statements.length) return;
    if (file.transaction !== "none" && this.#state === "idle") await this.#control("begin");
    const measured = this.#options.measure?.has(file.path) === true;
    const existing = measured ? await this.#tracer.existing() : undefined;
    if (existing) this.#before.set(file.path, existing);
    const run = createStatementRunner({ engine: this.#engine, parser: this.#parser, missing: this.#missing });
    let isOver = false;
    for (const statement of split.statements.slice(done)) {
      this.current = statement;
      const stopped = this.#skipped.get(placeKey(statement.span));
      if (stopped || isOver) {
        if (stopped) this.#problems.push(stopped);
        this.#statements.push({ statement, outcome: "failed", touched: [], alone: false });
        isOver ||= this.#options.ended.has(placeKey(statement.span));
        continue;
      }
      const traits = readTraits(statement.text, this.#parser);
      // Run in the embedded engine such a COPY leaves the connection out of step.
      if (traits.copies) {
        this.#problems.push(copyProblem(statement));
        this.#statements.push({ statement, outcome: "failed", touched: [], alone: false });
        continue;
      }
      if (traits.failure?.reason === "limit") this.#problems.push(parseProblem(traits.failure, statement));
      if (traits.alone && this.#state !== "idle") await this.#control("commit");
      // Outside a transaction nothing can be measured, and the script's own control statements set their own bounds.
      const guarded = this.#state === "open" && traits.control === null;
      // A script may roll back what it began itself; origins must go back too.
      if (traits.control === "begin") this.#recorder.mark();
      // Between two transactions of its own a script is measured in one that is made for the statement.
      const probing =
        existing !== undefined && !guarded && this.#state === "idle" && !traits.alone && traits.control === null;
      if (probing) await this.#control("begin");
      const result = await run({
        statement,
        guarded: guarded || probing,
        ...(existing && (guarded || probing) ? { trace: (sql: string) => this.#tracer.trace(sql, existing) } : {}),
      });
      this.#state = result.state;
      if (traits.resetsUser) await this.#control(RESET_USER);
      if (probing && this.#state !== "idle") await this.#control("commit");
      if (this.#state === "failed") await this.#control("rollback");
      if (traits.control === "rollback") this.#recorder.restore();
      this.#problems.push(...result.problems);
      this.#statements.push({
        statement,
        outcome: result.outcome,
        touched: result.notices.length > 0 ? this.#recorder.record(result.notices, startOf(statement)) : [],
        alone: traits.alone,
        ...(result.measurement ? { measurement: result.measurement } : {}),
        ...(result.failure ? { failure: result.failure } : {}),
      });
      if (traits.alone && file.transaction !== "none") await this.#control("begin");
    }
    this.current = undefined;
  }

  /**
   * Runs the beginning of a file that needs no care in few requests and without savepoints; returns how many of its
   * statements are done. What follows, from the first that failed on, is to be run statement by statement; of a file
   * that is one transaction nothing remains then.
   */
  async #atOnce(file: MigrationFile, statements: readonly SplitStatement[]): Promise<number> {
    const isPlain = file.transaction !== "all" && this.#state === "idle" && !this.#options.isCareful;
    if (!isPlain || statements.length === 0 || this.#options.measure?.has(file.path) === true) return 0;
    const isOne = file.transaction === "file";
    for (const { text } of statements) {
      const { alone, control, failure, copies } = readTraits(text, this.#parser);
      if ((alone && isOne) || control !== null || copies || failure) return 0;
    }
    const texts = statements.map(({ text }) => text);
    const notices = await this.#batches(isOne ? ["begin", ...texts, "commit"] : texts);
    const isWhole = notices.length === texts.length + 2;
    if (isOne && !isWhole) return 0;
    const own = isOne ? notices.slice(1, -1) : notices;
    for (const [index, said] of own.entries()) {
      const statement = statements[index];
      if (!statement) break;
      const touched = this.#recorder.record(said, startOf(statement));
      const { alone } = readTraits(statement.text, this.#parser);
      this.#statements.push({ statement, outcome: "applied", touched, alone });
    }
    return own.length;
  }

  /** What each statement said, up to the first that failed. */
  async #batches(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    const notices: (readonly string[])[] = [];
    this.isBatching = true;
    for (let at = 0; at < texts.length; at += MOST_AT_ONCE) {
      const result = await this.#engine.batch(texts.slice(at, at + MOST_AT_ONCE));
      notices.push(...result.notices);
      if (result.isFailed) break;
    }
    this.isBatching = false;
    return notices;
  }

  /** Ends what a file left open. A deferred constraint that fails now is about rows, not about the schema. */
  async #end(file: MigrationFile): Promise<void> {
    if (this.#state === "idle") return;
    const { error, state } = await this.#engine.run("commit", { guarded: false });
    this.#state = state;
    if (error) {
      this.#problems.push({
        code: "QG201",
        severity: "error",
        message: `${file.path} could not be committed: ${error.message}`,
        origin: { file: file.path, line: 1, column: 1 },
        makesIncomplete: true,
        ...(error.sqlstate === undefined ? {} : { sqlstate: error.sqlstate }),
      });
    }
  }

  async #control(sql: "begin" | "commit" | "rollback" | typeof RESET_USER): Promise<void> {
    this.#state = (await this.#engine.run(sql, { guarded: false })).state;
  }
}

const startOf = ({ span }: SplitStatement): SourceRef => ({ file: span.file, line: span.line, column: span.column });

const placeKey = (place: SourceRef): string => `${place.file}:${place.line}:${place.column}`;
