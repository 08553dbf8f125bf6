import type { SchemaModel } from "#schemas/model.ts";

/** A model without what is not the schema itself: how and where it was read, where objects were made, how many rows. */
export function plainModel(model: SchemaModel): unknown {
  const { evidence: _evidence, engine: _engine, complete: _complete, ...rest } = model;
  return JSON.parse(JSON.stringify(rest, (key, value: unknown) => (LEFT_OUT.has(key) ? undefined : value)));
}

const LEFT_OUT: ReadonlySet<string> = new Set(["origin", "rowEstimate"]);
