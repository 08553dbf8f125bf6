import { pack } from "../../view/packed.ts";
import { siteCatalog } from "../../data.ts";

export function GET(): Response {
  return Response.json(pack(siteCatalog().queries));
}
