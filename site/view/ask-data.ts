import { SITE_DATA_VERSION } from "#generators/site-data/contract.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Catalog } from "./catalog.ts";

/** What the page needs to read a question: the model without what no question is about. */
export interface AskData {
  readonly version: typeof SITE_DATA_VERSION;
  readonly model: SchemaModel;
  readonly descriptions: Readonly<Record<string, string>>;
}

export function askData({ model, descriptions }: Pick<Catalog, "model" | "descriptions">): AskData {
  const tables = model.tables.map(({ triggers: _, policies: __, origin: ___, ...table }) => ({
    ...table,
    columns: table.columns.map(({ origin: _, default: __, ...column }) => column),
    constraints: table.constraints.filter(({ kind }) => kind !== "check").map(({ origin: _, ...rest }) => rest),
    indexes: table.indexes.filter(({ unique }) => unique).map(({ origin: _, ...index }) => index),
    triggers: [],
    policies: [],
  }));
  const relations = new Set([...model.tables, ...model.views].map(({ id }) => id));
  return {
    version: SITE_DATA_VERSION,
    model: { ...model, tables, routines: [], sequences: [], enums: model.enums },
    descriptions: Object.fromEntries(
      Object.entries(descriptions)
        .filter(([id, { source }]) => relations.has(id) && source !== "generated")
        .map(([id, { text }]) => [id, text]),
    ),
  };
}
