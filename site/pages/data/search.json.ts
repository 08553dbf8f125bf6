import { siteCatalog, siteSearchIndex } from "../../data.ts";
import { searchFile } from "../../view/search-paths.ts";

export function GET(): Response {
  return Response.json(searchFile(siteCatalog(), siteSearchIndex("search")));
}
