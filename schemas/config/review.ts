import { z } from "zod";
import { defaultLimits } from "./rule-limits.ts";
import { repositoryPath } from "./sources.ts";

const ruleId = z.string().regex(/^[a-z][a-z0-9-]*$/, "must be the id of a rule, such as set-not-null");
const severity = z.enum(["off", "info", "warning", "error"]);

export const rules = z.union([z.enum(["default", "all"]), z.array(ruleId).min(1)]).default("default");

export const failOn = z.enum(["error", "warning", "never"]).default("error");

const exception = z
  .strictObject({
    rule: ruleId.optional().describe("Rule that is silenced; every rule when absent."),
    file: repositoryPath.optional().describe("Path or glob of the files it is silenced in; everywhere when absent."),
    object: z.string().min(1).optional().describe("Object id or glob it is silenced for; every object when absent."),
    reason: z.string().min(1).describe("Why. Shown wherever the silenced finding would stand."),
  })
  .refine((value) => value.rule !== undefined || value.file !== undefined || value.object !== undefined, {
    message: "must name a rule, a file or an object",
  })
  .describe("One exception.");

const count = z.int().min(1);
const pattern = z.string().min(1).refine(isPattern, { message: "must be a regular expression" });

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u").source !== "";
  } catch {
    return false;
  }
}

const { names } = defaultLimits;
const limitsOfRules = z
  .strictObject({
    lockTimeoutSeconds: z
      .number()
      .min(0)
      .default(defaultLimits.lockTimeoutSeconds)
      .describe("lock-timeout-too-long: the longest wait in seconds."),
    indexesPerTable: count
      .default(defaultLimits.indexesPerTable)
      .describe("too-many-indexes: with those of constraints."),
    columnsPerIndex: count.default(defaultLimits.columnsPerIndex).describe("too-many-index-columns: key columns."),
    columnsPerPrimaryKey: count.default(defaultLimits.columnsPerPrimaryKey).describe("wide-pk: columns of one key."),
    charLength: count.default(defaultLimits.charLength).describe("char-too-long: the largest n of char(n)."),
    varcharLength: count
      .default(defaultLimits.varcharLength)
      .describe("varchar-too-long: the largest n of varchar(n)."),
    autoIncrementStart: count
      .default(defaultLimits.autoIncrementStart)
      .describe("mysql-auto-increment-start: the number tables begin with."),
    charsets: z
      .array(z.string())
      .default([...defaultLimits.charsets])
      .describe("mysql-charset-allow-list: character sets that may be named."),
    collations: z
      .array(z.string())
      .default([...defaultLimits.collations])
      .describe("mysql-collation-allow-list: collations that may be named."),
    joinsPerQuery: count
      .default(defaultLimits.joinsPerQuery)
      .describe("mssql-too-many-joins: tables that one query joins."),
    insertRows: count
      .default(defaultLimits.insertRows)
      .describe("large-insert: the most rows that one statement inserts."),
    conditionTerms: count
      .default(defaultLimits.conditionTerms)
      .describe("too-many-or: terms of one OR, values of one IN list."),
    definers: z
      .array(z.string())
      .default([...defaultLimits.definers])
      .describe("definer: accounts that may be named, as the statement writes them without quotes."),
    primaryKeyTypes: z
      .array(z.string())
      .default([...defaultLimits.primaryKeyTypes])
      .describe("primary-key-type: types a key may have, as the engine prints them."),
    disallowedTypes: z
      .array(z.string())
      .default([...defaultLimits.disallowedTypes])
      .describe("disallowed-type: types no column may have, as the engine prints them without length."),
    requiredColumns: z
      .array(z.string())
      .default([...defaultLimits.requiredColumns])
      .describe("missing-created-updated: columns that every table has."),
    clientRoles: z
      .array(z.string())
      .default([...defaultLimits.clientRoles])
      .describe("rls-disabled and sensitive-column-exposed: roles that stand for clients."),
    names: z
      .strictObject({
        table: pattern.default(names.table).describe("Tables."),
        column: pattern.default(names.column).describe("Columns."),
        index: pattern.default(names.index).describe("Indexes that no constraint has made."),
        "primary key": pattern.default(names["primary key"]).describe("Primary keys."),
        "foreign key": pattern.default(names["foreign key"]).describe("Foreign keys."),
        unique: pattern.default(names.unique).describe("Unique constraints."),
      })
      .prefault({})
      .describe("naming-convention: regular expressions that whole names must match."),
  })
  .prefault({})
  .describe("What rules with a limit, a list or a pattern go by.");

export const reviewSchema = z
  .strictObject({
    rules: rules.describe("Which rules run: `default`, `all`, or a list of ids."),
    severity: z
      .record(ruleId, severity)
      .default({})
      .describe("Severity of single rules, by id, in place of the rule's own. `off` silences the rule everywhere."),
    failOn: failOn.describe("Least severity that fails the check: exit code 1 and a red mark on the pull request."),
    ignore: z.array(exception).default([]).describe("Exceptions, each with its reason. They hold for `lint` too."),
    baseline: repositoryPath
      .default(".querygenie/baseline.json")
      .describe(
        "File with the findings that were there when review was introduced. They are counted and not shown. No file, no baseline.",
      ),
    largeTableRows: z
      .int()
      .min(0)
      .default(100_000)
      .describe(
        "Rows from which a scan or a rewrite under a strong lock is an error. Smaller tables give a warning; unknown sizes count as large.",
      ),
    limits: limitsOfRules,
    assumeInTransaction: z
      .boolean()
      .default(false)
      .describe(
        "Treats every file as one transaction whatever its framework does, as some runners of deployment tools do.",
      ),
  })
  .describe("Review of migrations and queries.");

export const coverageSchema = z
  .strictObject({
    minimum: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe(
        "Least percentage of tables and columns with a description. Below it `coverage` exits with 1. 0 never fails.",
      ),
    counts: z
      .enum(["person", "ai", "any"])
      .default("any")
      .describe(
        "Which texts count: only a person's (config and DDL comments), a model's as well, or also the plain offline ones.",
      ),
    good: z
      .number()
      .min(0)
      .max(100)
      .default(80)
      .describe(
        "Percentage from which `coverage.svg` is green. It counts people's texts, with `counts: ai` a model's too.",
      ),
    fair: z
      .number()
      .min(0)
      .max(100)
      .default(50)
      .describe("Percentage from which `coverage.svg` is amber. Below it, or below `minimum`, it is red."),
  })
  .describe("How much of the schema is described.");
