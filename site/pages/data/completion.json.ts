import { siteCatalog } from "../../data.ts";
import { completionOf } from "../../view/completion.ts";

export function GET(): Response {
  return Response.json(completionOf(siteCatalog().model));
}
