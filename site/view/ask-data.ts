import { SITE_DATA_VERSION } from "#generators/site-data/contract.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { Catalog } from "./catalog.ts";

/** What the page needs to read a question: the model without what no question is about. */
export interface AskData {
  readonly version: typeof SITE_DATA_VERSION;
  readonly model: SchemaModel;
  readonly descriptions: Readonly<Record<string, string>>;
}

export function askData({ model, relations, meaningOf }: Catalog): AskData {
  const tables = model.tables.map(({ triggers: _, policies: __, origin: ___, ...table }) => ({
    ...table,
    columns: table.columns.map(({ origin: _, default: __, ...column }) => column),
    constraints: table.constraints.filter(({ kind }) => kind !== "check").map(({ origin: _, ...rest }) => rest),
    indexes: table.indexes.filter(({ unique }) => unique).map(({ origin: _, ...index }) => index),
    triggers: [],
    policies: [],
  }));
  // Comments are in the model; `querygenie ask` reads what people wrote beside them, and nothing else.
  const written = [...relations.values()].flatMap((relation) => {
    const meaning = meaningOf(relation);
    return meaning?.source === "person" ? [[relation.id, meaning.text] as const] : [];
  });
  return {
    version: SITE_DATA_VERSION,
    model: { ...model, tables, routines: [], sequences: [] },
    descriptions: Object.fromEntries(written),
  };
}
