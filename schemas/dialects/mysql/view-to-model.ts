import { find } from "../../languages/sql/mysql/apply-context.ts";
import { shownColumn } from "../../languages/sql/mysql/apply-select.ts";
import type { Built, BuiltView, BuiltViewColumn } from "../../languages/sql/mysql/built.ts";
import type { Column, DataType, View } from "../../model.ts";
import { columnId, objectId, type ObjectId } from "../../object-id.ts";
import { canonicalDefault } from "./defaults.ts";
import type { MysqlFacts } from "./facts.ts";
import { baseType, dataType } from "./types.ts";

export function viewModel(built: Built, view: BuiltView, facts: MysqlFacts): View {
  const id = objectId(view.schema, view.name);
  return {
    kind: "view",
    id,
    name: view.name,
    schema: view.schema,
    materialized: false,
    columns: view.columns.map((column, index) => viewColumn(built, { id, column, facts, position: index + 1 })),
    definition: view.definition,
    dependsOn: dependencies(built, view),
    indexes: [],
    triggers: [],
    ...(Object.keys(view.options).length > 0 ? { options: view.options } : {}),
    origin: view.origin,
  };
}

/** Tables and views it names that exist; a name behind FROM may be a function's word too. */
function dependencies(built: Built, view: BuiltView): readonly ObjectId[] {
  const ids = view.reads.flatMap(({ schema, name }) => {
    const found = find(built.tables, schema, name) ?? find(built.views, schema, name);
    return found && found !== view ? [objectId(found.schema, found.name)] : [];
  });
  return [...new Set(ids)].sort();
}

interface ViewColumnInput {
  readonly id: ObjectId;
  readonly column: BuiltViewColumn;
  readonly facts: MysqlFacts;
  readonly position: number;
}

function viewColumn(built: Built, { id, column, facts, position }: ViewColumnInput): Column {
  const common = { kind: "column", id: columnId(id, column.name), name: column.name, position } as const;
  const shown = shownColumn(built, column);
  if (!shown) return { ...common, type: UNKNOWN, nullable: true };
  const { column: source, optional } = shown;
  const value =
    source.default === undefined
      ? undefined
      : canonicalDefault(source.default, baseType(source.type, facts, source.charset), facts);
  return {
    ...common,
    type: dataType(source.type, facts, source.charset),
    nullable: source.nullable || optional,
    ...(value === undefined || optional ? {} : { default: value }),
  };
}

/** What an expression yields is the server's to say. */
const UNKNOWN: DataType = { raw: "unknown", family: "other" };
