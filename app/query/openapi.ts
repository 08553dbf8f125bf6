import { z } from "zod";
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
    paths,
    components: { schemas: { ...schemas, Problem: toSchema(problemAnswer, "output", schemas) } },
  };
}

function toOperation({ id, summary, request, answer, problems }: Route, schemas: Record<string, unknown>): Json {
  const schema = answer === undefined ? { type: "object" } : toSchema(answer, "output", schemas);
  const responses: Record<string, Json> = {
    200: { description: "The answer", content: { "application/json": { schema } } },
  };
  for (const status of problems) {
    responses[status] = {
      description: statusMeanings[status] ?? "A problem",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return {
    operationId: id,
    summary,
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

/** What a status means here. */
export const statusMeanings: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  403: "The request comes from a place that may not ask",
  404: "There is no such address or connection",
  405: "The address does not take this method",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The query is refused, fails, or was stopped by a limit",
  429: "Too many requests at a time; ask again after the seconds in Retry-After",
  500: "The server failed",
  503: "The database cannot be reached or is being started",
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
