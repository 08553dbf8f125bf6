import type { Measurement } from "#schemas/finding.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Problem } from "#schemas/problem.ts";
import { mustRunAlone } from "#schemas/languages/sql/postgres/statement-kind.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { createTracer } from "#schemas/replay/tracer.ts";
import { observeQueries, type QueryObservation } from "../../queries/observe-queries.ts";
import { planScale } from "../../queries/plan-scale.ts";
import { createKnownNames } from "../acts/known-names.ts";
import { readActs } from "../acts/read-acts.ts";
import type { FoundQuery } from "../query.ts";
import { isWorse, type QueryChange } from "../query-change.ts";
import { declaredActs } from "../read-statements.ts";
import type { RewritePlan } from "../rule.ts";
import type { Scene } from "../scene.ts";
import { actsOf, type Act, type ActKind } from "../acts/act.ts";
import { measurementBefore } from "../older-versions.ts";
import { planNodes, type QueryPlan } from "../../queries/query-plan.ts";
import type { ReviewedStatement } from "../statement.ts";
import { declaredMeasurement } from "#schemas/replay/declared-locks.ts";
import { modelOf, schemaOf } from "./engine-schema.ts";
import { walkBack } from "./walk-back.ts";
import { createQueryWatch } from "./query-watch.ts";

/** Steps of a plan with what each did when it was run in a transaction of its own. */
export type ProvenSteps = readonly { readonly sql: string; readonly measured: Measurement }[];

export interface RehearseInput {
  /** Holds the base schema; holds the head schema afterwards. */
  readonly engine: EmbeddedEngine;
  readonly parser: Parser;
  readonly scene: Scene;
  readonly statements: readonly ReviewedStatement[];
  /** The safe form of a statement, when a rule has one. */
  readonly plans: ReadonlyMap<ReviewedStatement, RewritePlan>;
  readonly queries: readonly FoundQuery[];
  /** Production's sizes, for the plans of the queries. */
  readonly statistics?: Statistics;
}

export interface Rehearsal {
  /** Plans that ran and left the same schema as the statement they replace. */
  readonly proven: ReadonlyMap<RewritePlan, ProvenSteps>;
  readonly changes: readonly QueryChange[];
  /** What the queries cost before and after, where that could be planned. */
  readonly plans: readonly PlannedQuery[];
  /** What is wrong with the ways down. */
  readonly problems: readonly Problem[];
}

/** A query with its plans before and after the migration. */
export interface PlannedQuery {
  readonly query: FoundQuery;
  readonly before: QueryPlan;
  readonly after: QueryPlan;
}

/**
 * Applies a migration once more, step by step. A statement with a safe form is run and rolled back; then its safe form
 * is run for good, each step in a transaction of its own, measured, and the schemas that both leave are compared. Saved
 * queries are prepared at the start and after each statement that changes something they may read.
 */
export async function rehearse(input: RehearseInput): Promise<Rehearsal> {
  const { engine, statements, plans, queries } = input;
  const proven = new Map<RewritePlan, ProvenSteps>();
  const changes: QueryChange[] = [];
  const files = [...new Set(statements.map(({ file }) => file))];
  const start = files.some(({ down }) => down !== undefined) ? await modelOf(engine) : null;
  await engine.exec("reset all");
  const watch = createQueryWatch(engine);
  await watch.start(queries);
  const mayPlan = watch.sound.length > 0 && statements.some(mayChangePlans);
  const { sound } = watch;
  const before = mayPlan ? await planned(input, sound, input.scene.base) : [];
  for (const statement of statements) {
    if (actsOf(statement.acts, "transaction").length > 0) continue;
    const plan = plans.get(statement);
    const steps = plan && (await prove(input, statement, plan));
    if (plan && steps) proven.set(plan, steps);
    else await engine.run(statement.statement.text, { guarded: false });
    if (mayBreak(statement)) {
      for (const change of await watch.changes()) changes.push({ ...change, statement });
    }
  }
  const still = new Set(watch.sound);
  const after = mayPlan
    ? await planned(
        input,
        sound.map((query) => (still.has(query) ? query : null)),
        input.scene.head,
      )
    : [];
  const planned_ = sound.flatMap((query, at): PlannedQuery[] => {
    const [was, is] = [before[at]?.plan, after[at]?.plan];
    return was && is ? [{ query, before: was, after: is }] : [];
  });
  for (const { query, before: was, after: is } of planned_) {
    const statement = isWorse(was, is) ? culprit(statements, was) : undefined;
    if (statement) changes.push({ kind: "plan", query, statement, before: was, after: is });
  }
  const problems = start ? await walkBack({ engine, before: start, files }) : [];
  return { proven, changes, plans: planned_, problems };
}

/** The plans of queries as a model's sizes are; null in the list keeps its place and is not planned. */
function planned(
  { engine, statistics }: RehearseInput,
  queries: readonly (FoundQuery | null)[],
  index: ModelIndex,
): Promise<readonly QueryObservation[]> {
  return observeQueries(
    engine,
    queries.map((query) => query?.sql ?? "select"),
    planScale(index, statistics),
  );
}

/** Acts that change how a query is run. */
const PLANNED_BY: ReadonlySet<ActKind> = new Set<ActKind>([
  "attach partition",
  "change type",
  "create index",
  "detach partition",
  "drop column",
  "drop constraint",
  "drop index",
  "drop table",
  "opaque",
]);

const mayChangePlans = ({ acts }: ReviewedStatement): boolean => acts.some(({ kind }) => PLANNED_BY.has(kind));

/** The last statement that changes a table which the plan reads. */
function culprit(statements: readonly ReviewedStatement[], { root }: QueryPlan): ReviewedStatement | undefined {
  const read = new Set(planNodes(root).flatMap(({ relation }) => relation ?? []));
  const able = statements.filter(mayChangePlans);
  const touches = ({ acts }: ReviewedStatement): boolean =>
    acts.some((act) => "table" in act && act.table !== undefined && read.has(act.table.id));
  return able.findLast(touches) ?? able.at(-1);
}

/** Acts after which every query that compiled still compiles. A new column may make a name ambiguous: not among them. */
const HARMLESS: ReadonlySet<ActKind> = new Set<ActKind>([
  "add constraint",
  "attach partition",
  "create index",
  "create table",
  "delete rows",
  "new file",
  "refresh",
  "set not null",
  "truncate",
  "update rows",
  "validate constraint",
]);

/** Preparing each query after each statement is the slow part, so statements that cannot break one are passed over. */
const mayBreak = ({ acts }: ReviewedStatement): boolean =>
  acts.length === 0 || acts.some(({ kind }) => !HARMLESS.has(kind));

/** The measured steps; null when they do not run or do not lead to the same schema. The engine is then as before. */
async function prove(
  { engine, parser, scene }: RehearseInput,
  { statement }: ReviewedStatement,
  plan: RewritePlan,
): Promise<ProvenSteps | null> {
  const wanted = await schemaAfter(engine, [statement.text]);
  if (wanted === null) return null;
  const areAlone = plan.steps.map((sql) => {
    const outcome = parser.parse(sql);
    return outcome.ok && mustRunAlone(outcome.tree);
  });
  // What can be tried without consequences is tried first: a plan that fails half way must not leave its first half.
  if (!areAlone.includes(true) && (await schemaAfter(engine, plan.steps)) !== wanted) return null;
  const done: { sql: string; measured: Measurement }[] = [];
  for (const [index, sql] of plan.steps.entries()) {
    const measured = areAlone[index] ? await runAlone(engine, parser, scene, sql) : await runMeasured(engine, sql);
    if (measured === null) return null;
    done.push({ sql, measured: measurementBefore(measured, actsOfSql(sql, parser, scene), scene.engineMajor) });
  }
  return (await schemaAfter(engine, [])) === wanted ? done : null;
}

/** The schema that statements lead to, as text that is equal for equal schemas; null when one fails. Rolled back. */
async function schemaAfter(engine: EmbeddedEngine, statements: readonly string[]): Promise<string | null> {
  await engine.run("begin", { guarded: false });
  try {
    for (const sql of statements) {
      if ((await engine.run(sql, { guarded: true })).error) return null;
    }
    return await schemaOf(engine);
  } finally {
    await engine.run("rollback", { guarded: false });
  }
}

async function runMeasured(engine: EmbeddedEngine, sql: string): Promise<Measurement | null> {
  const tracer = createTracer(engine);
  await engine.run("begin", { guarded: false });
  const { measurement } = await tracer.trace(sql, await tracer.existing());
  await engine.run(measurement ? "commit" : "rollback", { guarded: false });
  return measurement ?? null;
}

async function runAlone(
  engine: EmbeddedEngine,
  parser: Parser,
  scene: Scene,
  sql: string,
): Promise<Measurement | null> {
  const { error } = await engine.run(sql, { guarded: false });
  if (error) return null;
  return declaredMeasurement(declaredActs(actsOfSql(sql, parser, scene))) ?? null;
}

function actsOfSql(sql: string, parser: Parser, { base }: Scene): readonly Act[] {
  const outcome = parser.parse(sql);
  return outcome.ok ? readActs(outcome.tree, createKnownNames(base), base) : [];
}
