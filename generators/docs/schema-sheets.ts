import type { Table, View } from "#schemas/model.ts";
import { cardinalityOf } from "#schemas/keys.ts";
import { columnRows } from "./columns-csv.ts";
import { describeTable } from "./describe.ts";
import type { DocsContext } from "./docs-context.ts";
import { proseText } from "./prose.ts";
import type { Sheet } from "./workbook.ts";

/** The given tables and views as sheets: themselves, their columns, references and indexes. */
export function schemaSheets(context: DocsContext, relations: readonly (Table | View)[]): readonly Sheet[] {
  return [
    { name: "Tables", rows: [["table", "kind", "columns", "labels", "description"], ...tableRows(context, relations)] },
    { name: "Columns", rows: columnRows(context, relations) },
    {
      name: "References",
      rows: [
        ["table", "columns", "rows", "refers to", "columns", "rows", "checked", "on delete"],
        ...referenceRows(context, relations),
      ],
    },
    {
      name: "Indexes",
      rows: [["table", "index", "unique", "definition"], ...relations.flatMap((relation) => indexRows(relation))],
    },
  ];
}

function tableRows(context: DocsContext, relations: readonly (Table | View)[]): readonly (readonly string[])[] {
  return relations.map((relation) => [
    relation.id,
    relation.kind,
    String(relation.columns.length),
    (context.labels.get(relation.id) ?? []).join(", "),
    proseText(describeTable(context, relation).prose),
  ]);
}

function referenceRows({ index }: DocsContext, relations: readonly (Table | View)[]): readonly (readonly string[])[] {
  return relations.flatMap(({ id }) =>
    index.referencesFrom(id).map((reference) => {
      const { columns, references, enforced, onDelete } = reference.foreignKey;
      const { from, to } = cardinalityOf(index, reference);
      const checked = enforced === false ? "no" : "yes";
      return [id, columns.join(", "), from, references.table, references.columns.join(", "), to, checked, onDelete];
    }),
  );
}

const indexRows = ({ id, indexes }: Table | View): readonly (readonly string[])[] =>
  indexes.map(({ name, unique, definition }) => [id, name, unique ? "yes" : "no", definition]);
