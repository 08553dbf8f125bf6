import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import type { QueryConnection } from "#app/query/query-connection.ts";
import { ask, type AskContext } from "#generators/ask/ask.ts";
import { buildIndex } from "#generators/search/build-index.ts";
import { searchIndex } from "#generators/search/search.ts";
import { closest } from "#schemas/closest.ts";
import { indexModel } from "#schemas/model-index.ts";
import { askPorts } from "../ask-ports.ts";
import { describeObject } from "./describe-object.ts";

export interface McpOptions {
  /** Told to the agent as what this database is. */
  readonly name: string;
  readonly version: string;
  readonly context: Omit<AskContext, "check" | "read" | "howChecked" | "ai">;
  /** The embedded database, started at the first tool that needs it. */
  readonly connection: () => Promise<QueryConnection>;
}

const READS = { readOnlyHint: true, destructiveHint: false, openWorldHint: false } as const;
/** Rows an agent can make use of; the connection's own limit holds as well. */
const MOST_ROWS = 200;

/**
 * A server of the Model Context Protocol over one schema: agents search it, read about its objects, take its saved
 * queries, and plan and run queries that the guard of the query function lets through. Nothing can be changed.
 */
export async function mcpServer({ name, version, context, connection }: McpOptions): Promise<McpServer> {
  const { McpServer: Server } = await import("@modelcontextprotocol/sdk/server/mcp.js");
  const { model, queries, descriptions, words = {} } = context;
  const index = indexModel(model);
  const found = buildIndex({ model, queries, descriptions, words });
  const server = new Server(
    { name: "querygenie", version },
    {
      instructions: `The schema of ${name}. Search for tables by meaning, describe what you found before you write SQL, and look at the saved queries. Queries run read-only on an embedded database with made-up rows.`,
    },
  );

  server.registerTool(
    "search",
    {
      title: "Search the schema",
      description: "Tables, views, columns, enums, functions and saved queries by meaning, best first.",
      inputSchema: { words: z.string().min(1), limit: z.int().min(1).max(50).default(10) },
      annotations: READS,
    },
    ({ words: wanted, limit }) => toResult({ results: searchIndex(found, wanted, { limit }) }),
  );
  server.registerTool(
    "describe",
    {
      title: "Describe an object",
      description: "A table, view, enum, domain or function by its id, such as sales.orders: all that is known of it.",
      inputSchema: { id: z.string().min(1) },
      annotations: READS,
    },
    ({ id }) => {
      const described = describeObject(id, { index, queries, descriptions });
      if (described) return toResult(described);
      const near = closest(
        id,
        index.objects.map(({ object }) => object.id),
      );
      return toFailure(
        `There is no object ${id}.${near === null ? " Search for it by its meaning." : ` Did you mean ${near}?`}`,
      );
    },
  );
  server.registerTool(
    "saved_queries",
    {
      title: "List the saved queries",
      description: "Queries the people of this repository keep, with the question each answers.",
      annotations: READS,
    },
    () =>
      toResult({
        queries: queries.map(({ id, title, question, sql, uses }) => ({ id, title, question, sql, uses })),
      }),
  );
  server.registerTool(
    "ask",
    {
      title: "Turn a question into SQL",
      description:
        "Looks for a saved query, else writes one by rule; says what it did not understand. Does not run it.",
      inputSchema: { question: z.string().trim().min(1).max(2000) },
      annotations: READS,
    },
    async ({ question }) => toResult(await ask(question, { ...context, ...askPorts(await connection(), model) })),
  );
  server.registerTool(
    "explain",
    {
      title: "Explain a query",
      description: "What a query does in words, its plan, and the step that costs most. Plans it and does not run it.",
      inputSchema: { sql: z.string().min(1) },
      annotations: READS,
    },
    async ({ sql }, { signal }) => {
      const outcome = await (await connection()).explain({ sql }, { signal });
      return outcome.ok ? toResult(outcome.value) : toFailure(problemText(outcome.problem));
    },
  );
  server.registerTool(
    "query",
    {
      title: "Run a query",
      description: `Runs one read-only query on the embedded database with made-up rows; at most ${MOST_ROWS} rows.`,
      inputSchema: {
        sql: z.string().min(1),
        params: z
          .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
          .max(100)
          .optional(),
        limit: z.int().min(1).max(MOST_ROWS).default(50),
      },
      annotations: READS,
    },
    async ({ sql, params, limit }, { signal }) => {
      const outcome = await (await connection()).query({ sql, params, limit }, { signal });
      return outcome.ok ? toResult(outcome.value) : toFailure(problemText(outcome.problem));
    },
  );
  return server;
}

function toResult(value: object): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(value, null, 2) }] };
}

const toFailure = (text: string): CallToolResult => ({ isError: true, content: [{ type: "text", text }] });

function problemText({ code, message, help }: { code: string; message: string; help?: string }): string {
  return `${code}: ${message}${help === undefined ? "" : ` ${help}`}`;
}
