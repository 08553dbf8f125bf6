import { queryReaderOf } from "#schemas/dialects/query-readers.ts";
import type { Finding } from "#schemas/finding.ts";
import { defaultLimits } from "#schemas/config/rule-limits.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { newerFeatures } from "#schemas/languages/sql/postgres/newer-features.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import { EngineError } from "#schemas/ports.ts";
import type { Problem } from "#schemas/problem.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { askEngine } from "../queries/ask-engine.ts";
import { isReviewedQuery, readFoundQuery } from "../queries/read-found-query.ts";
import { chosenRules } from "./choose-rules.ts";
import { exceptions, type Exception } from "./exceptions.ts";
import { ignoreKey, ignoreProblems, readIgnore } from "./ignore-comments.ts";
import { judgeQueries } from "./judge-queries.ts";
import { featureProblems } from "./older-versions.ts";
import type { LintChoice } from "./lint-model.ts";
import type { FoundQuery, QueryScene, ReviewedQuery } from "./query.ts";
import type { QueryRule, Rule } from "./rule.ts";
import { rules as allRules } from "./rules/registry.ts";
import { createSizes, LARGE_TABLE_ROWS } from "./sizes.ts";

export interface LintQueriesInput {
  readonly model: SchemaModel;
  /** The most costly first: where not all can be looked at in depth, the first are. */
  readonly queries: readonly FoundQuery[];
  readonly statistics?: Statistics;
  /** Major version that production runs; the model's own engine when absent. */
  readonly engineVersion?: string;
  /** Rows from which a table is large. */
  readonly largeTableRows?: number;
  /** Holds the schema of `model`. Without it names are looked up in the model, and rules about plans are silent. */
  readonly engine?: EmbeddedEngine | null;
  /** Which of them are judged; all when absent. The others are known to the rules. */
  readonly isWanted?: (query: ReviewedQuery) => boolean;
  readonly ignore?: readonly Exception[];
  /** Fingerprints of findings that were there before. */
  readonly baseline?: ReadonlySet<string>;
}

export interface QueryLint {
  /** In the order of the queries. */
  readonly findings: readonly Finding[];
  /** Those that a comment, the configuration or the baseline silences. */
  readonly ignored: readonly Finding[];
  /** The queries that the findings are about. */
  readonly queries: readonly FoundQuery[];
  readonly problems: readonly Problem[];
  /** How many queries were judged. */
  readonly judged: number;
}

/** What the query rules say about queries on a schema. One of application code that does not parse is left out in silence. */
export async function lintQueries(input: LintQueriesInput, choice: LintChoice = {}): Promise<QueryLint> {
  const { model, queries, statistics } = input;
  const reader = await queryReaderOf(model.dialect);
  const rules = chosenRules(choice, model.dialect).filter(isQueryRule);
  if (!reader || queries.length === 0) return { findings: [], ignored: [], queries: [], problems: [], judged: 0 };
  const index = indexModel(model);
  const outcomes = queries.map((query) => readFoundQuery(query, reader, index));
  const unread = outcomes.flatMap((outcome) => (outcome === null || isReviewedQuery(outcome) ? [] : [outcome]));
  const wanted = outcomes.filter(isReviewedQuery).filter(input.isWanted ?? (() => true));
  const asked = await askedOf(wanted, { input, rules, index });
  const scene: QueryScene = {
    index,
    sizes: createSizes(statistics, input.largeTableRows ?? LARGE_TABLE_ROWS),
    engineMajor: Number.parseInt(input.engineVersion ?? model.engine.version, 10),
    limits: { ...defaultLimits, ...choice.limits },
    queries,
  };
  const isExcepted = exceptions(input.ignore ?? [], input.baseline ?? new Set());
  const used = new Set<string>();
  const findings: Finding[] = [];
  const about = new Set<FoundQuery>();
  const ignored: Finding[] = [];
  for (const { query, finding } of judgeQueries({
    queries: asked.value,
    rules,
    scene,
    severity: choice.severity ?? {},
  })) {
    const silencing = ignoresOf(query).filter((ignore) => ignore.rules.includes(finding.rule));
    for (const ignore of silencing) used.add(ignoreKey(ignore, finding.rule));
    const isSilent = silencing.length > 0 || isExcepted(finding);
    (isSilent ? ignored : findings).push(finding);
    if (!isSilent) about.add(query);
  }
  const unknown = wanted.flatMap(({ syntax, origin }) =>
    syntax ? featureProblems(newerFeatures(syntax), { engineMajor: scene.engineMajor, head: model, origin }) : [],
  );
  const ids = allRules.map(({ id }) => id);
  const wrongIgnores = ignoreProblems(asked.value.flatMap(ignoresOf), used, ids);
  return {
    findings,
    ignored,
    queries: [...about],
    problems: [...unread, ...unknown, ...asked.problems, ...wrongIgnores],
    judged: wanted.length,
  };
}

/** A review that says what the query rules say too. */
export const withQueries = <T extends Omit<QueryLint, "judged"> & { readonly judgedQueries: number }>(
  review: T,
  { findings, ignored, queries, problems, judged }: QueryLint,
): T => ({
  ...review,
  findings: [...review.findings, ...findings],
  ignored: [...review.ignored, ...ignored],
  queries: [...review.queries, ...queries],
  problems: [...review.problems, ...problems],
  judgedQueries: judged,
});

const isQueryRule = (rule: Rule): rule is QueryRule => rule.scope === "query";

/** The comments of a query that silence rules. */
const ignoresOf = ({ comments = [], origin }: FoundQuery) =>
  comments.flatMap(({ text, line }) => readIgnore(text, { file: origin.file, line }) ?? []);

interface Asking {
  readonly input: LintQueriesInput;
  readonly rules: readonly QueryRule[];
  readonly index: ModelIndex;
}

/** An engine that dies costs what it would have said. */
async function askedOf(
  queries: readonly ReviewedQuery[],
  { input: { engine, statistics }, rules, index }: Asking,
): Promise<{ readonly value: readonly ReviewedQuery[]; readonly problems: readonly Problem[] }> {
  if (!engine) return { value: queries, problems: [] };
  const wanted = new Set(rules.map(({ needs }) => needs));
  // Without production's sizes every table would be large, and every index worth it.
  const mayPlan = statistics !== undefined;
  const planned = mayPlan && wanted.has("plan") ? "plan" : "names";
  const depth = mayPlan && wanted.has("advice") ? "advice" : planned;
  try {
    const isRun = wanted.has("run");
    const value = await askEngine(queries, { engine, index, depth, isRun, ...(statistics ? { statistics } : {}) });
    return { value, problems: [] };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const problem: Problem = {
      code: "QG430",
      severity: "warning",
      message: `The embedded PostgreSQL was not asked about the queries: ${error.message}`,
      help: "What their text and the schema say is reported; rules about plans are silent. Leave the query out that is too large.",
    };
    return { value: queries, problems: [problem] };
  }
}
