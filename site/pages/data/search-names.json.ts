import { siteSearchIndex } from "../../data.ts";
import { saveNames } from "../../name-store.ts";

export async function GET(): Promise<Response> {
  return Response.json(await saveNames(siteSearchIndex("search").documents));
}
