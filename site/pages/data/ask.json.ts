import { pack } from "../../view/packed.ts";
import { siteCatalog } from "../../data.ts";
import { askData } from "../../view/ask-data.ts";

export function GET(): Response {
  return Response.json(pack(askData(siteCatalog())));
}
