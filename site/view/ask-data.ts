import { SITE_DATA_VERSION } from "#generators/site-data/contract.ts";
import type { SchemaModel, Table } from "#schemas/model.ts";
import type { Catalog } from "./catalog.ts";

/** What the page needs to read a question: the model without what no question is about. */
export interface AskData {
  readonly version: typeof SITE_DATA_VERSION;
  readonly model: SchemaModel;
  readonly descriptions: Readonly<Record<string, string>>;
  /** Other words for objects, such as those of the glossary. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

export function askData(catalog: Catalog): AskData {
  const { model, relations } = catalog;
  // Comments are in the model; `querygenie ask` reads what people wrote beside them, and nothing else.
  const written = [...relations.values()].flatMap((relation) => {
    const meaning = catalog.meaningOf(relation);
    return meaning?.source === "person" ? [[relation.id, meaning.text] as const] : [];
  });
  return {
    version: SITE_DATA_VERSION,
    model: {
      ...model,
      tables: model.tables.map(askedTable),
      views: model.views.map((view) => ({
        ...without(view, "origin"),
        columns: view.columns.map((column) => without(column, "origin")),
        definition: "",
      })),
      enums: model.enums.map((type) => without(type, "origin")),
      schemas: model.schemas.map((schema) => without(schema, "origin")),
      routines: [],
      sequences: [],
    },
    descriptions: Object.fromEntries(written),
    words: catalog.facts.words,
  };
}

function askedTable(table: Table): Table {
  return {
    ...without(table, "origin"),
    columns: table.columns.map((column) => without(column, "origin", "default")),
    constraints: table.constraints
      .filter(({ kind }) => kind !== "check")
      .map((one) => ({ ...without(one, "origin"), definition: "" })),
    indexes: table.indexes
      .filter(({ unique }) => unique)
      .map((index) => ({ ...without(index, "origin"), definition: "" })),
    triggers: [],
    policies: [],
  };
}

type OptionalKey<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/** A copy without some of its optional keys. */
function without<T extends object>(value: T, ...keys: readonly OptionalKey<T>[]): T {
  const copy = { ...value };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  return copy;
}
