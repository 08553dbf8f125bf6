import { siteCatalog } from "../../data.ts";

export function GET(): Response {
  return Response.json(siteCatalog().queries);
}
