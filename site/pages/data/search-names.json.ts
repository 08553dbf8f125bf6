import { pack } from "../../view/packed.ts";
import { siteSearchIndex } from "../../data.ts";
import { saveNames } from "../../name-store.ts";

export async function GET(): Promise<Response> {
  return Response.json(pack(await saveNames(siteSearchIndex("search").documents)));
}
