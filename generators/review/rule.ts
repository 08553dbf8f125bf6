import type { Severity } from "#schemas/finding.ts";
import type { Dialect, ModelObject } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { QueryChange } from "./query-change.ts";
import type { RuleLimits } from "#schemas/config/rule-limits.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { QueryScene, ReviewedQuery } from "./query.ts";
import type { Scene } from "./scene.ts";
import type { FailedStatement, ReviewedStatement } from "./statement.ts";

export type RuleGroup = "migration" | "compatibility" | "query" | "schema" | "style" | "mysql-ddl" | "mssql-ddl";

interface RuleBase {
  /** The file's name and the id in every report, ignore comment and configuration. */
  readonly id: string;
  /** What it finds, in a few words, for lists. */
  readonly title: string;
  readonly group: RuleGroup;
  readonly dialects: readonly Dialect[];
  /** Severity when nothing about sizes is known. */
  readonly severity: Severity;
  /** `opt-in` rules run only when they are named. */
  readonly default: "on" | "opt-in";
  /** Said once in a file, at the first statement it is true of. */
  readonly isOncePerFile?: true;
}

/** Judges one statement of a migration under review. */
export interface StatementRule extends RuleBase {
  readonly scope: "statement";
  check(statement: ReviewedStatement, scene: Scene): readonly Draft[];
  /** What it says about a statement that the engine refused. */
  checkFailed?(statement: FailedStatement, scene: Scene): readonly Draft[];
}

/** Judges the whole schema; run by `lint`. */
export interface SchemaRule extends RuleBase {
  readonly scope: "schema";
  check(index: ModelIndex, limits: RuleLimits, statistics?: Statistics): readonly SchemaDraft[];
}

/**
 * Judges a query as it is: a saved one, one of a `.sql` file, one of application code. Run by `lint` on the schema as it
 * is and by `review` on the schema after the migration.
 */
export interface QueryRule extends RuleBase {
  readonly scope: "query";
  /** What has to be asked of an engine before; absent for what the text and the schema say. */
  readonly needs?: "plan" | "advice" | "run";
  check(query: ReviewedQuery, scene: QueryScene): readonly QueryDraft[];
}

/** Judges what a migration does to a query that was there before. */
export interface QueryChangeRule extends RuleBase {
  readonly scope: "query change";
  check(change: QueryChange): readonly Draft[];
}

export type Rule = StatementRule | SchemaRule | QueryRule | QueryChangeRule;

/** What a rule has to say. The review adds the place, the measurement and the fingerprint. */
export interface Draft {
  /** One sentence with the names of the objects concerned, without a full stop. */
  readonly message: string;
  readonly help?: string;
  readonly objects: readonly ObjectId[];
  /** In place of the rule's own, when sizes or circumstances decide. */
  readonly severity?: Severity;
  /** Default: `measured` when the statement was measured and the rule says so by its scope, else `rule`. */
  readonly evidence?: "measured" | "planned" | "rule";
  readonly rewrite?: RewritePlan;
}

/** A remark about a part of a query. */
export interface QueryDraft extends Draft {
  /** Offset of that part in the query's text; the whole query when absent. */
  readonly at?: number;
}

/** A safe form of a statement that has not been run yet. Each step is a transaction of its own. */
export interface RewritePlan {
  readonly title: string;
  readonly steps: readonly string[];
}

/** A remark about an object of the schema; it stands where the object was made. */
export interface SchemaDraft extends Draft {
  readonly about: ModelObject;
}
