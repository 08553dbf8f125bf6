import { parseQuery } from "../../languages/sql/translate/parse-query.ts";
import { mssqlLexis, mysqlLexis, type Lexis } from "../../languages/sql/translate/lexer.ts";
import { Untranslatable } from "../../languages/sql/translate/query.ts";
import { relationsOf, type Relations } from "../../languages/sql/translate/scope.ts";
import { writeQuery, type SourceDialect } from "../../languages/sql/translate/write-postgres.ts";
import type { SchemaModel, View } from "../../model.ts";
import type { Problem } from "../../problem.ts";
import { inOrder } from "../in-order.ts";
import { translateTable } from "./translate-table.ts";

/** The same schema for PostgreSQL, and what of it is approximate or left out. */
export interface Translation {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
}

export interface TranslateContext {
  readonly dialect: SourceDialect;
  readonly lexis: Lexis;
  readonly relations: Relations;
  readonly model: SchemaModel;
  /** Names of indexes in use, by schema: in PostgreSQL they share the names of tables. */
  readonly taken: Set<string>;
  readonly note: (objectId: string, message: string, origin?: Problem["origin"]) => void;
}

const lexes: Readonly<Record<SourceDialect, Lexis>> = { mysql: mysqlLexis, mssql: mssqlLexis };

/**
 * A MySQL or SQL Server model as one of PostgreSQL, for the embedded engine: tables, keys, indexes and views under the
 * same ids. What has no counterpart is left out and told; nothing is guessed.
 */
export function translateModel(model: SchemaModel): Translation {
  const { dialect } = model;
  if (dialect === "postgres") return { model, problems: [] };
  const problems: Problem[] = [];
  const context: TranslateContext = {
    dialect,
    lexis: lexes[dialect],
    relations: relationsOf(model),
    model,
    taken: new Set([...model.tables, ...model.views].map(({ schema, name }) => `${schema}.${name}`)),
    note: (objectId, message, origin) =>
      void problems.push({
        code: "QG726",
        severity: "info",
        message: `${objectId}: ${message}`,
        objectId,
        ...(origin ? { origin } : {}),
      }),
  };
  for (const routine of model.routines)
    context.note(routine.id, `a ${routine.variant} is not translated`, routine.origin?.created);
  for (const other of model.others) context.note(other.id, `a ${other.kind} is not translated`, other.origin?.created);
  const tables = model.tables.map((table) => translateTable(context, table));
  const views = translateViews(context);
  return {
    model: {
      ...model,
      dialect: "postgres",
      schemas: schemasOf(model),
      domains: [],
      composites: [],
      sequences: model.sequences.map((one) => ({
        ...one,
        ...(/^(?:smallint|integer|bigint)$/.test(one.type) ? {} : { type: "bigint" }),
      })),
      tables,
      views,
      routines: [],
      others: [],
    },
    problems,
  };
}

function schemasOf({ schemas, tables, views, sequences }: SchemaModel): SchemaModel["schemas"] {
  const names = new Set([...tables, ...views, ...sequences].map(({ schema }) => schema));
  const known = schemas
    .filter(({ name }) => names.has(name))
    .map(({ owner: _owner, grants: _grants, ...rest }) => rest);
  const missing = [...names].filter((name) => !known.some((one) => one.name === name));
  return [...known, ...missing.map((name) => ({ kind: "schema" as const, id: name, name }))];
}

/** A view is left out with those that read it: a view over nothing cannot be made. */
function translateViews(context: TranslateContext): readonly View[] {
  const done = new Map<string, View>();
  const lost = new Set<string>();
  const { views } = context.model;
  const order = inOrder(views.map(({ id, dependsOn }) => ({ id, needs: dependsOn, statements: [id] })));
  for (const id of order) {
    const view = views.find((one) => one.id === id);
    if (!view) continue;
    const missing = view.dependsOn.find((need) => lost.has(need));
    try {
      if (missing !== undefined) throw new Untranslatable(`${missing}, which it reads, is left out`);
      const definition = writeQuery(parseQuery(bodyOf(view), context.lexis), context);
      const { grants: _grants, owner: _owner, options: _options, ...rest } = view;
      done.set(id, { ...rest, materialized: false, definition, indexes: [], triggers: [] });
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      lost.add(id);
      context.note(id, `the view is not translated: ${error.message}`, view.origin?.created);
    }
  }
  return views.flatMap(({ id }) => done.get(id) ?? []);
}

/** SQL Server keeps the whole statement of a view. */
function bodyOf({ definition }: View): string {
  const head = /^\s*create\s+(?:or\s+alter\s+)?view\b/i.exec(definition);
  if (!head) return definition;
  const as = /\bas\b\s*/i.exec(definition.slice(head[0].length));
  return as ? definition.slice(head[0].length + as.index + as[0].length) : definition;
}
