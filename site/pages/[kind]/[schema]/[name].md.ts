import type { APIRoute, GetStaticPaths } from "astro";
import { twinPaths } from "../../../twin-paths.ts";

export const getStaticPaths: GetStaticPaths = () => twinPaths();

/** What a page shows, as Markdown. */
export const GET: APIRoute = ({ props }) =>
  new Response(String(props["twin"].markdown), { headers: { "content-type": "text/markdown; charset=utf-8" } });
