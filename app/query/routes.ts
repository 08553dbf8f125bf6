import type { z } from "zod";
import {
  askAnswer,
  askEvent,
  askRequest,
  connectionsAnswer,
  explainAnswer,
  explainRequest,
  healthAnswer,
  historyAnswer,
  meAnswer,
  modelsAnswer,
  optimizeAnswer,
  optimizeRequest,
  queryAnswer,
  queryRequest,
  testAnswer,
  usageAnswer,
} from "./schemas.ts";

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path below the base path; `{name}` stands for one segment. */
  readonly path: string;
  readonly id:
    | "query"
    | "explain"
    | "optimize"
    | "ask"
    | "models"
    | "connections"
    | "test"
    | "login"
    | "callback"
    | "logout"
    | "me"
    | "history"
    | "forgetHistory"
    | "usage"
    | "livez"
    | "readyz"
    | "openapi";
  /** True for what is told whoever asks. Default false. */
  readonly isForAll?: boolean;
  /** Set for what people do who sign in, or have. */
  readonly part?: "sign-in" | "people";
  readonly summary: string;
  readonly request?: z.ZodType;
  readonly answer?: z.ZodType;
  /** One event of the stream that is sent in place of the answer to `Accept: text/event-stream`. */
  readonly events?: z.ZodType;
  /** What may stand behind the question mark. */
  readonly search?: Readonly<Record<string, string>>;
  /** Status of an answer without a body; default 200 with one. */
  readonly status?: 204 | 302 | 303;
  /** Statuses that are answered with a problem. */
  readonly problems: readonly number[];
}

/** Refusals of what is sent, and of who sends it. */
const ASKING = [400, 401, 403, 404, 413, 415, 422, 429, 503];

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
    events: askEvent,
    problems: ASKING,
  },
  {
    method: "GET",
    path: "/api/models",
    id: "models",
    summary: "Lists the models that a question may be put to, by their names",
    answer: modelsAnswer,
    problems: [403, 503],
  },
  {
    method: "GET",
    path: "/api/connections",
    id: "connections",
    summary: "Lists the connections that can be asked",
    answer: connectionsAnswer,
    problems: [403, 503],
  },
  {
    method: "POST",
    path: "/api/connections/{name}/test",
    id: "test",
    summary: "Asks a connection whether it answers; for admins",
    answer: testAnswer,
    problems: [401, 403, 404, 429, 503],
  },
  {
    method: "GET",
    path: "/auth/login",
    id: "login",
    part: "sign-in",
    summary: "Sends the browser to GitHub to sign in",
    search: { return_to: "Path of this server to come back to; the start page when absent or anything else." },
    status: 302,
    problems: [403, 404, 429],
  },
  {
    method: "GET",
    path: "/auth/callback",
    id: "callback",
    part: "sign-in",
    summary: "Takes the browser back from GitHub, opens a session and goes where the sign-in began",
    search: { code: "GitHub's word for the sign-in.", state: "What /auth/login sent along." },
    status: 303,
    problems: [403, 404, 429],
  },
  {
    method: "POST",
    path: "/auth/logout",
    id: "logout",
    part: "people",
    summary: "Ends the session",
    status: 204,
    problems: [403, 404, 429, 503],
  },
  {
    method: "GET",
    path: "/api/me",
    id: "me",
    part: "people",
    summary: "Tells who asks and what they may do",
    answer: meAnswer,
    problems: [403, 503],
  },
  {
    method: "GET",
    path: "/api/history",
    id: "history",
    part: "people",
    summary: "Lists what the signed-in user has asked, newest first",
    search: { before: "Entries before the one with this id.", limit: "Most entries wanted, 1 to 100; 50 when absent." },
    answer: historyAnswer,
    problems: [400, 401, 403, 404, 503],
  },
  {
    method: "DELETE",
    path: "/api/history",
    id: "forgetHistory",
    part: "people",
    summary: "Forgets what the signed-in user has asked",
    status: 204,
    problems: [401, 403, 404, 429, 503],
  },
  {
    method: "GET",
    path: "/api/usage",
    id: "usage",
    part: "people",
    summary: "Sums of the caller's requests by day, connection and kind; of everybody's for admins",
    search: { days: "Days back from today, 1 to 366; 30 when absent." },
    answer: usageAnswer,
    problems: [400, 401, 403, 404, 503],
  },
  {
    method: "GET",
    path: "/api/openapi.json",
    id: "openapi",
    isForAll: true,
    summary: "This description",
    problems: [403],
  },
  {
    method: "GET",
    path: "/livez",
    id: "livez",
    isForAll: true,
    summary: "Tells that the server runs",
    answer: healthAnswer,
    problems: [],
  },
  {
    method: "GET",
    path: "/readyz",
    id: "readyz",
    isForAll: true,
    summary: "Tells whether queries are answered at once",
    answer: healthAnswer,
    problems: [503],
  },
];

/** Whether a path below the base path is a route's. */
export function matches({ path }: Route, asked: string): boolean {
  if (!path.includes("{")) return path === asked;
  const [wanted, given] = [path.split("/"), asked.split("/")];
  return (
    wanted.length === given.length && wanted.every((part, index) => part === given[index] || isName(part, given[index]))
  );
}

const isName = (part: string, given: string | undefined): boolean => part.startsWith("{") && Boolean(given);
