import { diagramStyle } from "#generators/erd/svg.ts";

/** The rules that the pictures of all pages share. */
export function GET(): Response {
  return new Response(diagramStyle(), { headers: { "content-type": "text/css; charset=utf-8" } });
}
