import { pack } from "../../view/packed.ts";
import { siteCatalog } from "../../data.ts";
import { completionOf } from "../../view/completion.ts";

export function GET(): Response {
  return Response.json(pack(completionOf(siteCatalog().model)));
}
