import type { Problem } from "#schemas/problem.ts";
import type { DocsContext } from "./docs-context.ts";

/** Descriptions of the configuration whose object is not in the model: a typing error, or an object that is gone. */
export function unknownDescriptions({ descriptions, index, name }: DocsContext): readonly Problem[] {
  const known = new Set(index.objects.map(({ object }) => object.id));
  return Object.keys(descriptions)
    .filter((id) => !known.has(id))
    .sort()
    .map((id) => ({
      code: "QG404",
      severity: "warning",
      message: `The description of ${id} is not used because ${name} has no such object.`,
      help: "Correct the id in `descriptions`, or remove the entry.",
      objectId: id,
    }));
}
