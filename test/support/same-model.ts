import type { SchemaModel } from "#schemas/model.ts";

/** A model without where it was read and how, to be compared with what its SQL makes. */
export function comparable(model: SchemaModel): unknown {
  const text = JSON.stringify(
    { ...model, complete: true, engine: {}, evidence: "rule" },
    (key: string, value: unknown) => (key === "origin" || key === "rowEstimate" ? undefined : value),
  );
  return JSON.parse(text);
}
