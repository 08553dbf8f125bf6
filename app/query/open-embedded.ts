import { basename } from "node:path";
import type { TranslatedQuery } from "#schemas/dialects/translate/translate-query.ts";
import type { Dialect } from "#schemas/model.ts";
import { EngineError, type Progress } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import { buildDatabase, type DatabaseContent } from "./build-database.ts";
import { defaultLimits, type ConnectionInfo, type Limits } from "./connection.ts";
import { EmbeddedConnection } from "./embedded.ts";
import { HARNESS_SCHEMA } from "#schemas/replay/harness.ts";
import { FOR_PLANS } from "#schemas/replay/measure-migrations.ts";
import { indexSuggestions } from "#generators/queries/index-suggestions.ts";
import type { RelationRows } from "#generators/queries/plan-warnings.ts";
import { translatedConnection } from "./translated-connection.ts";
import { toQueryConnection, type QueryConnection } from "./query-connection.ts";

export interface EmbeddedOptions extends DatabaseContent {
  /** Folder for the built database; a second call with the same content starts in a second. */
  readonly cacheDir: string;
  readonly limits?: Partial<Limits>;
  /** Rows of production's relations, for the warnings of plans. Default: none. */
  readonly relationRows?: RelationRows;
  readonly progress?: Progress;
  /** Where the files are a translation: what of, and how queries are turned into PostgreSQL. Default: they are PostgreSQL. */
  readonly translated?: Translated;
}

export interface Translated {
  readonly dialect: Dialect;
  /** The dialect for people, such as `SQL Server`. */
  readonly from: string;
  readonly translate: (sql: string) => TranslatedQuery;
}

/** What is known of the connection before it is known with which rows it answers. */
export const embeddedInfo = ({ translated }: Pick<EmbeddedOptions, "translated">): ConnectionInfo => ({
  name: "embedded",
  label: translated === undefined ? "PostgreSQL, embedded" : `PostgreSQL, embedded, translated from ${translated.from}`,
  isDefault: true,
  engine: "embedded",
  dialect: translated?.dialect ?? "postgres",
});

/**
 * The embedded database with the schema and the committed fixtures, started and ready. The caller closes it. Throws
 * `ProblemError` with exit code 3 when the engine cannot be started.
 */
export async function openEmbeddedConnection(options: EmbeddedOptions): Promise<QueryConnection> {
  const { files, fixturesSql, cacheDir, progress, relationRows, translated } = options;
  const limits = { ...defaultLimits, ...options.limits };
  try {
    const database = await buildDatabase({ files, fixturesSql }, { cacheDir, progress });
    const rows = translated === undefined ? "with the rows of its migrations" : "without rows";
    const what = fixturesSql.trim() === "" ? rows : "with the committed fixtures";
    const known = embeddedInfo(options);
    const info = { ...known, label: `${known.label}, ${what}` };
    const embedded = new EmbeddedConnection(info, database, limits);
    await embedded.start();
    const connection = toQueryConnection(embedded, {
      limits,
      relationRows,
      problems: database.problems,
      // Its name is made of all that went into it.
      revision: basename(database.path),
    });
    if (translated !== undefined) return translatedConnection(connection, translated.translate);
    return {
      ...connection,
      advise: (question, options) =>
        embedded.spend(
          async (engine) => {
            // What makes tables look large lives there; a database that is asked queries has it no more.
            await engine.exec(`create schema if not exists ${HARNESS_SCHEMA}`);
            return await indexSuggestions({ ...question, engine });
          },
          { ...options, more: FOR_PLANS },
        ),
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new ProblemError([{ code: "QG301", severity: "error", message: error.message }], 3, error);
  }
}
