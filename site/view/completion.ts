import type { SchemaModel } from "#schemas/model.ts";

/** Column names by table or view by schema, as the SQL editor completes them. */
export type Completion = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function completionOf(model: SchemaModel): Completion {
  const schemas = new Map<string, Map<string, readonly string[]>>();
  for (const { schema, name, columns } of [...model.tables, ...model.views]) {
    const relations = schemas.get(schema) ?? new Map<string, readonly string[]>();
    relations.set(
      name,
      columns.map((column) => column.name),
    );
    schemas.set(schema, relations);
  }
  return Object.fromEntries([...schemas].map(([schema, relations]) => [schema, Object.fromEntries(relations)]));
}
