import type { RenameHint } from "#schemas/change.ts";
import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import { onlineSteps, type OnlineStep } from "#schemas/dialects/mysql/online-ddl.ts";
import type { ReadSteps, Step, StepSource } from "#schemas/dialects/read-steps.ts";
import { queryTokens } from "#schemas/languages/sql/query/query-tokens.ts";
import { indexModel, type ModelIndex } from "#schemas/model-index.ts";
import { actsOf, type Act } from "../acts/act.ts";
import { createKnownNames } from "../acts/known-names.ts";
import type { StatementSyntax } from "../acts/read-syntax.ts";
import { renameHint } from "../read-statements.ts";
import type { ReviewedStatement } from "../statement.ts";
import { declared } from "./declared.ts";
import { mssqlActs } from "./mssql-acts.ts";
import { mysqlActs } from "./mysql-acts.ts";
import { createSpelledNames, type SpelledNames } from "./spelled-names.ts";

interface Read {
  readonly statements: readonly ReviewedStatement[];
  /** Renames that the statements state, so that the diff need not guess. */
  readonly renames: readonly RenameHint[];
}

/** What every statement says, in the order they run. */
export function readSteps({ base, files }: ReadSteps, isWrappedAlways: boolean): Read {
  const index = indexModel(base);
  let schema = dialectFacts(base.dialect).defaultSchema;
  const names = createSpelledNames(index, createKnownNames(index, [schema]), () => schema);
  const renames: RenameHint[] = [];
  const statements = files.flatMap(({ file, statements: steps }) => {
    const settings = new Map<string, string | null>();
    const isWrapped = file.transaction !== "none" || isWrappedAlways;
    let isOpen = isWrapped;
    return steps.map((step): ReviewedStatement => {
      if (step.source.kind === "mysql") schema = step.source.database;
      const target = targetOf(step.source);
      const altered = target && names.relation(target);
      const acts = actsOfStep(step, names, index);
      renames.push(...acts.flatMap(renameHint));
      const before = new Map(settings);
      const online = onlineOf(step.source, before);
      const reviewed: ReviewedStatement = {
        file,
        statement: step.statement,
        acts,
        syntax: syntaxOf(step.source),
        alone: false,
        inTransaction: isOpen,
        isWrapped,
        held: new Map(),
        hasLockTimeout: before.has("lock_timeout"),
        settings: before,
        notValidYet: new Set(),
        source: step.source,
        ...(altered ? { altered } : {}),
        ...(online ? { online } : {}),
        ...declared(acts, { online, index, source: step.source }),
      };
      for (const { name, value } of actsOf(acts, "set")) settings.set(name, value);
      for (const { control } of actsOf(acts, "transaction")) isOpen = control === "begin";
      return reviewed;
    });
  });
  return { statements, renames };
}

function actsOfStep({ source }: Step, names: SpelledNames, base: ModelIndex): readonly Act[] {
  return source.kind === "mysql" ? mysqlActs(source, names) : mssqlActs(source, names, base);
}

/** The table that a statement alters, as it is written. */
function targetOf({ statement }: StepSource): { readonly schema?: string; readonly name: string } | undefined {
  switch (statement.kind) {
    case "alter table":
      return statement.name;
    case "create index":
    case "alter index":
      return statement.table;
    default:
      return undefined;
  }
}

function onlineOf(source: StepSource, settings: ReadonlyMap<string, string | null>): readonly OnlineStep[] | undefined {
  if (source.kind !== "mysql" || source.statement.kind !== "alter table") return undefined;
  const { statement, table, facts } = source;
  const checks = settings.get("foreign_key_checks")?.toLowerCase();
  return onlineSteps(statement, { table, facts, skipsForeignKeyChecks: checks === "0" || checks === "off" });
}

function syntaxOf({ kind, statement, text }: StepSource): StatementSyntax {
  const unqualified = kind === "mssql" ? unqualifiedNames(statement) : [];
  const about = kind === "mysql" ? MYSQL_ABOUT[statement.kind] : MSSQL_ABOUT[statement.kind];
  const isRows = about === undefined && CHANGES_ROWS.has(queryTokens(text, kind)[0]?.key ?? "");
  return { about: about ?? (isRows ? "rows" : "other"), unqualified, newer: [] };
}

/** The name of a table or module of T-SQL that is given without a schema. */
function unqualifiedNames(statement: StepSource["statement"]): readonly string[] {
  const named = "name" in statement && typeof statement.name === "object" ? statement.name : null;
  if (named === null || !QUALIFIED.has(statement.kind)) return [];
  return named.schema === undefined && !named.name.startsWith("#") ? [named.name] : [];
}

const QUALIFIED: ReadonlySet<string> = new Set([
  "create table",
  "alter table",
  "view",
  "routine",
  "trigger",
  "sequence",
  "synonym",
]);
const CHANGES_ROWS: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"]);
const MYSQL_ABOUT: Readonly<Record<string, StatementSyntax["about"]>> = {
  "create table": "schema",
  "alter table": "schema",
  "rename tables": "schema",
  drop: "schema",
  "create view": "schema",
  "create trigger": "schema",
  "create routine": "schema",
};
const MSSQL_ABOUT: Readonly<Record<string, StatementSyntax["about"]>> = {
  "create table": "schema",
  "alter table": "schema",
  "create index": "schema",
  "drop index": "schema",
  drop: "schema",
  view: "schema",
  routine: "schema",
  trigger: "schema",
};
