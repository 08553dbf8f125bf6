import { z } from "zod";
import { CSRF_HEADER } from "../sign-in/gate.ts";
import { problemAnswer } from "./schemas.ts";
import { routes, type Route } from "./routes.ts";

type Json = { readonly [key: string]: unknown };

/** The OpenAPI 3.1 description of the query function, made of the schemas that check its requests. */
export function openApiDocument({ basePath, version }: { readonly basePath: string; readonly version: string }): Json {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route, schemas) };
  return {
    openapi: "3.1.0",
    info: {
      title: "QueryGenie query function",
      version,
      description: "Answers read-only SQL and its plans. Errors are RFC 9457 problems with a stable code.",
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    security: [{}, { session: [] }, { token: [] }],
    paths,
    components: { securitySchemes, schemas: { ...schemas, Problem: toSchema(problemAnswer, "output", schemas) } },
  };
}

function toOperation(route: Route, schemas: Record<string, unknown>): Json {
  const { id, summary, request, problems } = route;
  const parameters = parametersOf(route);
  const responses: Record<string, Json> = { [route.status ?? 200]: successOf(route, schemas) };
  for (const status of problems) {
    responses[status] = {
      description: statusMeanings[status] ?? "A problem",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return {
    operationId: id,
    summary,
    ...(route.isForAll === true || route.part === "sign-in" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: toSchema(request, "input", schemas) } },
          },
        }),
    responses,
  };
}

function successOf({ answer, events, status }: Route, schemas: Record<string, unknown>): Json {
  if (status === 204) return { description: "Done" };
  if (status !== undefined) {
    const location = { description: "Where the browser goes on", schema: { type: "string" } };
    return { description: "The browser goes on elsewhere", headers: { location } };
  }
  const schema = answer === undefined ? { type: "object" } : toSchema(answer, "output", schemas);
  const stream = events === undefined ? {} : { "text/event-stream": { schema: toSchema(events, "output", schemas) } };
  return { description: "The answer", content: { "application/json": { schema }, ...stream } };
}

function parametersOf({ path, search = {}, method }: Route): readonly Json[] {
  const schema = { type: "string" };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: "path", required: true, schema }));
  const optional = Object.entries(search).map(([name, description]) => ({ name, in: "query", description, schema }));
  const csrf = {
    name: CSRF_HEADER,
    in: "header",
    description: "What /api/me tells as csrfToken. Needed with the session's cookie, and only then.",
    schema,
  };
  return [...names, ...optional, ...(method === "GET" ? [] : [csrf])];
}

/** Ways to say who asks; all are optional, and what needs one is not there without. */
const securitySchemes = {
  session: { type: "apiKey", in: "cookie", name: "__Host-querygenie-session", description: "Set by /auth/callback." },
  token: { type: "http", scheme: "bearer", description: "A token of QUERYGENIE_TOKENS or QUERYGENIE_TOKEN." },
};

/** What a status means here. */
export const statusMeanings: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "There is nothing here without signing in",
  403: "The request comes from a place that may not ask",
  404: "There is no such address or connection",
  405: "The address does not take this method",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The query is refused, fails, or was stopped by a limit",
  429: "Too many requests at a time; ask again after the seconds in Retry-After",
  500: "The server failed",
  503: "The database or GitHub cannot be reached, or the database is being started",
};

/** A schema with its named parts moved to `schemas`, where a reference in an OpenAPI document looks for them. */
function toSchema(schema: z.ZodType, io: "input" | "output", schemas: Record<string, unknown>): Json {
  const { $schema: _dialect, $defs, ...rest } = z.toJSONSchema(schema, { io });
  for (const [name, part] of Object.entries($defs ?? {})) {
    const { id: _id, ...body } = part;
    schemas[name] = moveReferences(body);
  }
  const moved = moveReferences(rest);
  return typeof moved === "object" && moved !== null ? { ...moved } : {};
}

function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) =>
      key === "$ref" && typeof part === "string"
        ? [key, part.replace("#/$defs/", "#/components/schemas/")]
        : [key, moveReferences(part)],
    ),
  );
}
