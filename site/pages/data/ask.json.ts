import { siteCatalog } from "../../data.ts";
import { askData } from "../../view/ask-data.ts";

export function GET(): Response {
  return Response.json(askData(siteCatalog()));
}
