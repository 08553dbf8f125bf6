import type { z } from "zod";
import {
  askAnswer,
  askRequest,
  connectionsAnswer,
  explainAnswer,
  explainRequest,
  healthAnswer,
  optimizeAnswer,
  optimizeRequest,
  queryAnswer,
  queryRequest,
} from "./schemas.ts";

export interface Route {
  readonly method: "GET" | "POST";
  /** Path below the base path. */
  readonly path: string;
  readonly id: "query" | "explain" | "optimize" | "ask" | "connections" | "livez" | "readyz" | "openapi";
  readonly summary: string;
  readonly request?: z.ZodType;
  readonly answer?: z.ZodType;
  /** Statuses that are answered with a problem. */
  readonly problems: readonly number[];
}

/** Refusals of what is sent, and of who sends it. */
const ASKING = [400, 403, 404, 413, 415, 422, 429, 503];

/** Every address of the query function. The dispatcher and the OpenAPI document read this one list. */
export const routes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/query",
    id: "query",
    summary: "Runs one read-only query",
    request: queryRequest,
    answer: queryAnswer,
    problems: ASKING,
  },
  {
    method: "POST",
    path: "/api/explain",
    id: "explain",
    summary: "Plans one query without running it",
    request: explainRequest,
    answer: explainAnswer,
    problems: ASKING,
  },
  {
    method: "POST",
    path: "/api/optimize",
    id: "optimize",
    summary: "Looks for a cheaper way to write a query, proven on the data at hand",
    request: optimizeRequest,
    answer: optimizeAnswer,
    problems: ASKING,
  },
  {
    method: "POST",
    path: "/api/ask",
    id: "ask",
    summary: "Turns a question into a query that the database has planned, and does not run it",
    request: askRequest,
    answer: askAnswer,
    problems: ASKING,
  },
  {
    method: "GET",
    path: "/api/connections",
    id: "connections",
    summary: "Lists the connections that can be asked",
    answer: connectionsAnswer,
    problems: [403],
  },
  {
    method: "GET",
    path: "/api/openapi.json",
    id: "openapi",
    summary: "This description",
    problems: [403],
  },
  {
    method: "GET",
    path: "/livez",
    id: "livez",
    summary: "Tells that the server runs",
    answer: healthAnswer,
    problems: [],
  },
  {
    method: "GET",
    path: "/readyz",
    id: "readyz",
    summary: "Tells whether queries are answered at once",
    answer: healthAnswer,
    problems: [503],
  },
];
