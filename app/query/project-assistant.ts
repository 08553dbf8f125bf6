import { askPorts, optimizePorts } from "#action/ask-ports.ts";
import type { Ai } from "#generators/ai/ai.ts";
import type { ModelName } from "#generators/ai/model-names.ts";
import { ask, type AskContext } from "#generators/ask/ask.ts";
import { optimize } from "#generators/queries/optimize.ts";
import { loadParser } from "#schemas/languages/sql/postgres/parse.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import { EngineError, type Clock } from "#schemas/ports.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { Assistant } from "./assistant.ts";
import type { AskOptions } from "./connection.ts";
import type { AdviceQuestion, QueryConnection } from "./query-connection.ts";

export interface AssistantOptions {
  /** What is known of the schema; the database itself is the connection. */
  readonly context: Omit<AskContext, "check" | "howChecked" | "read" | "ai" | "signal">;
  readonly connection: QueryConnection;
  /**
   * The models that may be asked for somebody, undefined for none; with a name, only that one. Throws `ProblemError` for
   * one that is not there.
   */
  readonly models: (name: string | undefined, asker: { readonly mayUseModels: boolean }) => Promise<Ai | undefined>;
  /** The models that somebody may choose from. Default none. */
  readonly modelNames?: (asker: { readonly mayUseModels: boolean }) => readonly ModelName[];
  readonly clock: Clock;
  /** Production's sizes, for indexes. Default: every table is presumed to be large. */
  readonly statistics?: Statistics;
}

/** The assistant of a project, whose every query is planned by the connection before it is shown. */
export function projectAssistant(options: AssistantOptions): Assistant {
  const { context, connection, models, modelNames, clock, statistics } = options;
  /** A query whose indexes cannot be tried in time has its cheaper forms all the same. */
  const advised = async (question: AdviceQuestion, options: { readonly signal?: AbortSignal | undefined }) => {
    try {
      return await connection.advise?.(question, options);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      options.signal?.throwIfAborted();
      return [];
    }
  };
  return {
    models: ({ mayUseModels = false }) => modelNames?.({ mayUseModels }) ?? [],
    async ask({ question, model }, { signal, mayUseModels = false, onTurn, onEvent }) {
      const asked = askedWith(connection, { signal, onTurn });
      try {
        const ai = await models(model, { mayUseModels });
        const answer = await ask(question, {
          ...context,
          ...askPorts(asked, context.model),
          ...(ai && { ai }),
          ...(signal && { signal }),
          ...(onEvent && { onEvent }),
        });
        return { ok: true, value: { ...answer, timestamp: clock.now().toISOString() } };
      } catch (error) {
        const [problem] = error instanceof ProblemError ? error.problems : [];
        if (!problem) throw error;
        return { ok: false, problem };
      }
    },
    async optimize({ sql }, options) {
      const checked = await connection.query({ sql, check: true }, options);
      if (!checked.ok) return checked;
      const parser = await loadParser();
      const { model } = context;
      const found = await optimize(sql, { model, parser, ports: optimizePorts(askedWith(connection, options)) });
      const question = { model, sql: found.optimized, ...(statistics && { statistics }) };
      const indexes = (await advised(question, options)) ?? [];
      return { ok: true, value: { ...found, suggestions: [...found.suggestions, ...indexes] } };
    },
  };
}

/** A connection whose every query is asked with the same options: when the caller leaves, none goes on. */
const askedWith = (connection: QueryConnection, options: AskOptions): QueryConnection => ({
  ...connection,
  query: (request) => connection.query(request, options),
  explain: (request) => connection.explain(request, options),
});
