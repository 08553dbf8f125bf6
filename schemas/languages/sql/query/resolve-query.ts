import { dialectFacts } from "../../../dialects/dialect-facts.ts";
import type { Dialect, SchemaModel } from "../../../model.ts";
import type { DataStatement, Grammar } from "./ast.ts";
import { parseQuery } from "./parse-query.ts";
import { resolveDelete, resolveInsert, resolveMerge, resolveUpdate } from "./resolve-changes.ts";
import type { Resolution, SourceColumn } from "./resolve-scope.ts";
import { resolveQueryBody } from "./resolve-select.ts";
import type { ResolvedQuery, ResultColumn } from "./resolved-query.ts";

export interface ResolveOptions {
  /** The schema of names without one. Default: the only one of the model, else the dialect's own. */
  readonly defaultSchema?: string;
}

/**
 * Resolves every name of one SELECT, INSERT, UPDATE, DELETE or MERGE of MySQL, MariaDB or SQL Server against a model:
 * which tables it reads, which columns it gives and of what type, and what the server would refuse. Nothing runs; it
 * works in a browser and never throws. A model of PostgreSQL is asked by PostgreSQL itself: its queries are refused.
 */
export function resolveQuery(sql: string, model: SchemaModel, options: ResolveOptions = {}): ResolvedQuery {
  const grammar = grammarOf(model);
  const parsed = grammar === null ? null : parseQuery(sql, grammar);
  if (grammar === null || parsed === null || !parsed.ok) {
    const [message, start] =
      parsed && !parsed.ok ? [parsed.message, parsed.offset] : ["PostgreSQL resolves its own queries", 0];
    return {
      tables: [],
      columns: [],
      references: [],
      problems: [{ kind: "syntax", message, span: { start, end: Math.max(start, sql.length) } }],
      isComplete: false,
      readOnly: { isReadOnly: false, reasons: ["it cannot be read"] },
    };
  }
  const resolution: Resolution = {
    grammar,
    query: resolveQueryBody,
    model,
    defaultSchema: options.defaultSchema ?? onlySchema(model),
    isMariadb: model.engine.name === "MariaDB",
    tables: new Set(),
    references: [],
    problems: [],
    reasons: new Set(),
    isComplete: true,
  };
  const columns = resolveStatement(resolution, parsed.statement);
  if (parsed.statement.kind !== "query")
    resolution.reasons.add(`it changes rows (${parsed.statement.kind.toUpperCase()})`);
  return {
    tables: [...resolution.tables].toSorted(),
    columns: columns.map(resultColumn),
    references: resolution.references,
    problems: resolution.problems,
    isComplete: resolution.isComplete,
    readOnly: { isReadOnly: resolution.reasons.size === 0, reasons: [...resolution.reasons] },
  };
}

/** The grammar of a model's queries; null where the engine itself reads them. */
export const grammarOf = ({ dialect }: SchemaModel): Grammar | null => grammars[dialect];

const grammars: Readonly<Record<Dialect, Grammar | null>> = { mssql: "mssql", mysql: "mysql", postgres: null };

/** The schema of names without one: the only one of a MySQL model, else the dialect's own. */
export function onlySchema({ tables, views, dialect }: SchemaModel): string {
  const schemas = new Set([...tables, ...views].map(({ schema }) => schema));
  const [only] = schemas;
  const { defaultSchema, madeUpSchema } = dialectFacts(dialect);
  return only !== undefined && schemas.size === 1 && madeUpSchema ? only : defaultSchema;
}

function resolveStatement(resolution: Resolution, statement: DataStatement): readonly SourceColumn[] {
  switch (statement.kind) {
    case "query":
      return resolveQueryBody(resolution, statement.query, { ctes: [], outer: null }) ?? [];
    case "insert":
      resolveInsert(resolution, statement);
      return [];
    case "update":
      resolveUpdate(resolution, statement);
      return [];
    case "delete":
      resolveDelete(resolution, statement);
      return [];
    case "merge":
      resolveMerge(resolution, statement);
      return [];
  }
}

const resultColumn = ({ name, type, nullable, id }: SourceColumn): ResultColumn => ({
  name,
  ...(type ? { type } : {}),
  ...(nullable === undefined ? {} : { nullable }),
  ...(id === undefined ? {} : { column: id }),
});
