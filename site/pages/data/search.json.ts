import { pack } from "../../view/packed.ts";
import { siteCatalog, siteSearchIndex } from "../../data.ts";
import { storedSearch } from "../../view/search-paths.ts";

export function GET(): Response {
  return Response.json(pack(storedSearch(siteCatalog(), siteSearchIndex("search"))));
}
