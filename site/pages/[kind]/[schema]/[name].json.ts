import type { APIRoute, GetStaticPaths } from "astro";
import { twinPaths } from "../../../twin-paths.ts";

export const getStaticPaths: GetStaticPaths = () => twinPaths();

/** What a page shows, as JSON. */
export const GET: APIRoute = ({ props }) => Response.json(props["twin"].json);
