import type { Change } from "#schemas/change.ts";
import { diffModels } from "#schemas/diff/diff-models.ts";
import type { Finding } from "#schemas/finding.ts";
import type { ReviewWords } from "#schemas/json/action-report.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import { EngineError, type EngineInfo } from "#schemas/ports.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import type { FoundQuery } from "./query.ts";
import { chosenRules, type RuleChoice } from "./choose-rules.ts";
import { exceptions, type Exception } from "./exceptions.ts";
import { readIgnores, ignoreProblems } from "./ignore-comments.ts";
import { defaultLimits, type RuleLimits } from "#schemas/config/rule-limits.ts";
import { queriesOfFiles, reviewQueries } from "./review-queries.ts";
import type { LintQueriesInput } from "./lint-queries.ts";
import { readStatements } from "./read-statements.ts";
import { rehearse, type Rehearsal, type RehearseInput } from "./rehearse/rehearse.ts";
import { versionProblems } from "./older-versions.ts";
import { failureRemarks, queryRemarks, schemaRemarks, statementRemarks } from "./remarks.ts";
import { rules as allRules } from "./rules/registry.ts";
import { familyOf, type Scene } from "./scene.ts";
import { createSizes, LARGE_TABLE_ROWS } from "./sizes.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { ReviewedFile, ReviewedStatement } from "./statement.ts";
import { toFindings } from "./to-findings.ts";

/** Which rules run and how strict they are. The shape of `review` in the configuration. */
export interface ReviewSettings extends RuleChoice {
  /** Rows from which a scan or rewrite under a strong lock is an error. Default 100,000. */
  readonly largeTableRows?: number;
  /** Where rules with a limit, a list or a pattern differ from `defaultLimits`. */
  readonly limits?: Partial<RuleLimits>;
  /** Every file is one transaction, whatever its framework does. */
  readonly assumeInTransaction?: boolean;
  /** Exceptions of the configuration; each names a rule, a file (path or glob) or an object (id or glob). */
  readonly ignore?: readonly Exception[];
  /** Major version that production runs, such as "16". Default: the embedded engine's. */
  readonly engineVersion?: string;
}

export interface ReviewInput {
  /** The schema before the files under review. */
  readonly base: SchemaModel;
  /** The schema after them. */
  readonly head: SchemaModel;
  /** With what a measured replay said about their statements. */
  readonly files: readonly ReviewedFile[];
  /** What the replay of these files could not do. */
  readonly problems?: readonly Problem[];
  /** Of saved files, `.sql` files and application code; the most costly first. */
  readonly queries: readonly FoundQuery[];
  /** Whether a query is new or was changed; absent when there is nothing to compare with, and all are judged. */
  readonly isChanged?: (query: FoundQuery) => boolean;
  /**
   * An engine that holds the base schema; the review leaves it with the head schema. Null: rewrites are shown
   * without a proof and saved queries are not tried.
   */
  readonly engine: EmbeddedEngine | null;
  readonly settings?: ReviewSettings;
  readonly statistics?: Statistics;
  /** Fingerprints of findings that were there when the review was introduced. */
  readonly baseline?: ReadonlySet<string>;
}

export interface Review {
  readonly files: readonly ReviewedFile[];
  /** By file, line and severity. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly changes: readonly Change[];
  readonly statements: readonly ReviewedStatement[];
  /** The queries that findings are about. */
  readonly queries: readonly FoundQuery[];
  /** How many queries were judged: those that are new, were changed, or use what changes. */
  readonly judgedQueries: number;
  /** Findings that a comment, the configuration or the baseline silences. */
  readonly ignored: readonly Finding[];
  /** The review in a model's words, when one was asked. */
  readonly words?: ReviewWords;
  readonly measured: {
    readonly engine: Pick<EngineInfo, "name" | "version">;
    /** Nothing ran: what is said follows from the statements and the schema alone. */
    readonly isByRule?: true;
    /** Major version of the engine in production, when it is known and another one. */
    readonly forVersion?: string;
    /** Statements that were run and measured. */
    readonly statements: number;
    /** Day of the statistics, when there are any. */
    readonly sizesOf?: string;
  };
}

/** Says what a migration does to a database in use. */
export async function reviewMigrations(input: ReviewInput): Promise<Review> {
  const { base, head, files, settings = {} } = input;
  const parser = await loadParser();
  const index = indexModel(base);
  const engineMajor = Number.parseInt(settings.engineVersion ?? head.engine.version, 10);
  const { statements, failed, changes } = readStatements({
    files,
    engineMajor,
    base: index,
    diff: (renames) => diffModels(base, head, { renames }),
    parser,
    assumeInTransaction: settings.assumeInTransaction === true,
  });
  const byFile = Map.groupBy(statements, ({ file }) => file.path);
  const scene: Scene = {
    base: index,
    head: indexModel(head),
    changes,
    sizes: createSizes(input.statistics, settings.largeTableRows ?? LARGE_TABLE_ROWS),
    family: (table) => familyOf(index, table),
    engineMajor,
    limits: { ...defaultLimits, ...settings.limits },
    hasDownParts: files.some(({ file }) => file.down !== undefined),
    statementsOf: (path) => byFile.get(path) ?? [],
  };
  const rules = chosenRules(settings, head.dialect);
  const said = [...statementRemarks(statements, rules, scene), ...failureRemarks(failed, rules, scene)];
  const plans = new Map(said.flatMap(({ statement, draft }) => (draft.rewrite ? [[statement, draft.rewrite]] : [])));
  const { engine, queries } = input;
  const { value: rehearsal, problems: unable } = engine
    ? await tryRehearsal({ engine, parser, scene, statements, plans, queries, ...statisticsOf(input) })
    : { value: null, problems: [] };
  const isAsked = settings.rules !== undefined && settings.rules !== "default";
  const remarks = [
    ...said,
    ...queryRemarks(rehearsal?.changes ?? [], rules),
    ...(isAsked ? schemaRemarks(statements, rules, scene) : []),
  ];
  const own = await queriesOfFiles(files, head);
  const ignores = readIgnores(files.filter(({ file }) => !own.has(file.path)));
  const { findings, ignored, used } = toFindings({
    remarks,
    rehearsal,
    ignores,
    severity: settings.severity ?? {},
    isExcepted: exceptions(settings.ignore ?? [], input.baseline ?? new Set()),
  });
  const asked = await reviewQueries(
    { ...queryInput(input, rehearsal), own, files: files.length, statements },
    settings,
  );
  const ids = allRules.map(({ id }) => id);
  const { version } = head.engine;
  const isOtherVersion = Number.parseInt(version, 10) !== scene.engineMajor;
  return {
    files,
    findings: [...findings, ...asked.findings],
    ignored: [...ignored, ...asked.ignored],
    problems: [
      // What a file of queries alone cannot run, for want of parameters, says nothing.
      ...(input.problems ?? []).filter(({ origin }) => origin === undefined || !own.has(origin.file)),
      ...versionProblems(statements, { engineMajor, head }),
      ...unable,
      ...asked.problems,
      ...(rehearsal?.problems ?? []),
      ...ignoreProblems(ignores, used, ids),
    ],
    changes,
    statements,
    queries: asked.queries,
    judgedQueries: asked.judged,
    measured: {
      engine: head.engine,
      statements: statements.filter(({ measurement }) => measurement?.how === "measured").length,
      ...(isOtherVersion ? { forVersion: String(scene.engineMajor) } : {}),
      ...(scene.sizes.takenAt === undefined ? {} : { sizesOf: scene.sizes.takenAt }),
    },
  };
}

/** The queries as they are after the migration. What breaks them has been said where it is done. */
function queryInput(
  { head, queries, engine, settings = {}, statistics, baseline, isChanged }: ReviewInput,
  rehearsal: Rehearsal | null,
): LintQueriesInput & Pick<ReviewInput, "isChanged"> {
  const broken = new Set((rehearsal?.changes ?? []).flatMap(({ kind, query }) => (kind === "broken" ? [query] : [])));
  return {
    ...settings,
    ...(statistics ? { statistics } : {}),
    ...(baseline ? { baseline } : {}),
    ...(isChanged ? { isChanged } : {}),
    model: head,
    queries: queries.filter((query) => !broken.has(query)),
    // An engine that died while it rehearsed is asked no more.
    engine: rehearsal === null ? null : engine,
  };
}

const statisticsOf = ({ statistics }: ReviewInput): Pick<ReviewInput, "statistics"> =>
  statistics ? { statistics } : {};

/** An engine that dies costs the proofs, not the review. */
async function tryRehearsal(input: RehearseInput): Promise<WithProblems<Rehearsal>> {
  try {
    return { value: await rehearse(input), problems: [] };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === "sql") throw error;
    const problem: Problem = {
      code: error.code === "timeout" ? "QG302" : "QG303",
      severity: "warning",
      message: `Safe forms and saved queries were not tried: ${error.message}`,
    };
    return { value: { proven: new Map(), changes: [], plans: [], problems: [] }, problems: [problem] };
  }
}
