import { baseType } from "../../../dialects/mysql/types.ts";
import type { MysqlFacts } from "../../../dialects/mysql/facts.ts";
import { nameKey, type Built, type BuiltTable, type NameMap } from "./built.ts";

/** A row of the catalog by lower-case column name. */
export type CatalogRow = Readonly<Record<string, string | number | null>>;

/**
 * Rows of a table of `information_schema`, as far as scripts ask for them; null for a table that is not kept. `table`
 * names the only relation that is asked for, so that not every row has to be made.
 */
export function catalogRows(
  built: Built,
  facts: MysqlFacts,
  name: string,
  table?: string,
): readonly CatalogRow[] | null {
  const asked = <T>(map: NameMap<T>): readonly T[] =>
    table === undefined
      ? [...map.values()]
      : [...built.databases.keys()].flatMap((schema) => map.alike(nameKey(schema, table)));
  const tables = asked(built.tables);
  switch (name.toLowerCase()) {
    case "tables":
      return [
        ...tables.map((one) => ({
          ...owner(one),
          table_type: "BASE TABLE",
          engine: one.options["engine"] ?? "InnoDB",
          table_collation: one.collation ?? null,
        })),
        ...asked(built.views).map(({ schema, name: view }) => ({
          table_schema: schema,
          table_name: view,
          table_type: "VIEW",
          engine: null,
        })),
      ];
    case "columns":
      return tables.flatMap((one) => columns(one, facts));
    case "statistics":
      return tables.flatMap(statistics);
    case "table_constraints":
      return tables.flatMap(constraints);
    case "key_column_usage":
      return tables.flatMap(keyColumns);
    case "referential_constraints":
      return tables.flatMap((one) =>
        one.foreignKeys.map((key) => ({
          ...owner(one),
          constraint_schema: one.schema,
          constraint_name: key.name,
          referenced_table_name: key.table,
        })),
      );
    case "views":
      return asked(built.views).map((view) => ({ table_schema: view.schema, table_name: view.name }));
    case "routines":
      return [...built.routines.values()].map((one) => ({
        routine_schema: one.schema,
        routine_name: one.name,
        routine_type: one.variant === "procedure" ? "PROCEDURE" : "FUNCTION",
      }));
    case "triggers":
      return [...built.triggers.values()].map((one) => ({
        trigger_schema: one.schema,
        trigger_name: one.name,
        event_object_table: one.table,
      }));
    case "schemata":
      return [...built.databases.keys()].map((schema) => ({ schema_name: schema }));
    default:
      return null;
  }
}

const owner = ({ schema, name }: BuiltTable) => ({ table_schema: schema, table_name: name });

function columns(table: BuiltTable, facts: MysqlFacts): readonly CatalogRow[] {
  return table.columns.map((column, index) => {
    const { base, arguments: args } = baseType(column.type, facts, column.charset);
    return {
      ...owner(table),
      column_name: column.name,
      ordinal_position: index + 1,
      data_type: base,
      is_nullable: column.nullable ? "YES" : "NO",
      column_key: columnKey(table, column.name),
      extra: column.autoIncrement ? "auto_increment" : "",
      character_maximum_length: base.endsWith("char") ? Number(args[0] ?? "1") : null,
      character_set_name: column.charset ?? null,
      collation_name: column.collation ?? null,
    };
  });
}

function columnKey(table: BuiltTable, column: string): string {
  const firsts = table.keys.filter((key) => key.parts[0]?.column === column);
  if (table.keys.some((key) => key.kind === "primary" && key.parts.some((part) => part.column === column)))
    return "PRI";
  if (firsts.some((key) => key.kind === "unique" && key.parts.length === 1)) return "UNI";
  return firsts.length > 0 ? "MUL" : "";
}

function statistics(table: BuiltTable): readonly CatalogRow[] {
  return table.keys.flatMap((key) =>
    key.parts.map((part, index) => ({
      ...owner(table),
      index_schema: table.schema,
      index_name: key.name,
      column_name: part.column ?? null,
      seq_in_index: index + 1,
      non_unique: key.kind === "primary" || key.kind === "unique" ? 0 : 1,
    })),
  );
}

function constraints(table: BuiltTable): readonly CatalogRow[] {
  const row = (name: string, type: string): CatalogRow => ({
    ...owner(table),
    constraint_schema: table.schema,
    constraint_name: name,
    constraint_type: type,
  });
  return [
    ...table.keys.flatMap((key) => {
      if (key.kind === "primary") return [row("PRIMARY", "PRIMARY KEY")];
      return key.kind === "unique" ? [row(key.name, "UNIQUE")] : [];
    }),
    ...table.foreignKeys.map((key) => row(key.name, "FOREIGN KEY")),
    ...table.checks.map((check) => row(check.name, "CHECK")),
  ];
}

function keyColumns(table: BuiltTable): readonly CatalogRow[] {
  const base = { ...owner(table), constraint_schema: table.schema };
  const keys = table.keys.filter(({ kind }) => kind === "primary" || kind === "unique");
  return [
    ...keys.flatMap((key) =>
      key.parts.map((part, index) => ({
        ...base,
        constraint_name: key.name,
        column_name: part.column ?? null,
        ordinal_position: index + 1,
        referenced_table_name: null,
        referenced_column_name: null,
        referenced_table_schema: null,
      })),
    ),
    ...table.foreignKeys.flatMap((key) =>
      key.columns.map((column, index) => ({
        ...base,
        constraint_name: key.name,
        column_name: column,
        ordinal_position: index + 1,
        referenced_table_schema: key.schema,
        referenced_table_name: key.table,
        referenced_column_name: key.references[index] ?? null,
      })),
    ),
  ];
}
