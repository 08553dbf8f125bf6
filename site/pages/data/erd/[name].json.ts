import type { APIRoute, GetStaticPaths } from "astro";
import { siteCatalog } from "../../../data.ts";
import { pack } from "../../../view/packed.ts";
import { erdFile, erdPages } from "../../../view/erd-file.ts";

export const getStaticPaths: GetStaticPaths = () => erdPages(siteCatalog()).map(({ name }) => ({ params: { name } }));

/** The boxes and lines of a diagram, for the reader who wants to see it otherwise. */
export const GET: APIRoute = ({ params }) => Response.json(pack(erdFile(siteCatalog(), params["name"] ?? "")));
