import { quoteName } from "../facts.ts";
import type { Catalog } from "./catalog.ts";
import {
  checkStatements,
  indexStatements,
  tableCatalog,
  tableElements,
  typeText,
  type ScriptedTable,
} from "./table-script.ts";

/**
 * T-SQL that makes what the catalog holds, in batches, so that the reader of files gives the model: both ways then
 * agree by construction. Modules are as they were written; an encrypted one has no text and is left out.
 */
export function catalogScript(catalog: Catalog): readonly string[] {
  const tables = tableCatalog(catalog);
  const histories = new Set(catalog.tables.flatMap(({ history }) => history ?? []));
  const scripted = catalog.tables.map((table) => ({ ...table, name: qualified(table.schema, table.name) }));
  const byId = new Map(scripted.map((table) => [table.id, table]));
  const own = scripted.filter(({ id }) => !histories.has(id));
  return [
    ...catalog.schemas.filter(({ name }) => name !== "dbo").map(schemaText),
    ...catalog.types.map((type) => typeStatement(tables, type)),
    ...catalog.sequences.map(sequenceText),
    ...own.map((table) => {
      const elements = tableElements(tables, table).join(",\n  ");
      const history = table.history === null ? undefined : byId.get(table.history);
      return `create table ${table.name} (\n  ${elements}\n)${placement(table)}${tableOptions(table, history)}`;
    }),
    ...own.flatMap((table) => [...indexStatements(tables, table), ...checkStatements(tables, table)]),
    ...foreignKeyStatements(catalog, byId),
    ...catalog.synonyms.map(({ schema, name, target }) => `create synonym ${qualified(schema, name)} for ${target}`),
    ...catalog.modules.flatMap((module) => (module.definition === null ? [] : [module.definition])),
    ...viewIndexes(catalog),
    ...catalog.modules.flatMap(disabledTrigger),
    ...catalog.comments.flatMap(commentStatement),
    ...catalog.grants.map(
      ({ permission, schema, name, column, grantee }) =>
        `grant ${permission} on ${qualified(schema, name)}${column === null ? "" : ` (${quoteName(column)})`} to ${quoteName(grantee)}`,
    ),
  ];
}

const qualified = (schema: string, name: string): string => `${quoteName(schema)}.${quoteName(name)}`;

const schemaText = ({ name, owner }: Catalog["schemas"][number]): string =>
  `create schema ${quoteName(name)}${owner === null ? "" : ` authorization ${quoteName(owner)}`}`;

function typeStatement(tables: ReturnType<typeof tableCatalog>, type: Catalog["types"][number]): string {
  const name = qualified(type.schema, type.name);
  if (type.isTable && type.id !== null) {
    return `create type ${name} as table (\n  ${tableElements(tables, { id: type.id, name }).join(",\n  ")}\n)`;
  }
  const base = typeText({ ...type, type: type.base ?? "sql_variant" });
  return `create type ${name} from ${base} ${type.nullable ? "null" : "not null"}`;
}

function sequenceText(row: Catalog["sequences"][number]): string {
  const type = typeText({ ...row, bytes: 0 });
  const { start, increment, minimum, maximum, cycle } = row;
  const range = `minvalue ${minimum} maxvalue ${maximum}`;
  return `create sequence ${qualified(row.schema, row.name)} as ${type} start with ${start} increment by ${increment} ${range}${cycle ? " cycle" : ""}`;
}

function placement({ scheme, schemeColumn }: Catalog["tables"][number]): string {
  return scheme === null || schemeColumn === null ? "" : ` on ${quoteName(scheme)}(${quoteName(schemeColumn)})`;
}

function tableOptions(
  { temporal, inMemory, durability }: Catalog["tables"][number],
  history: { readonly name: string } | undefined,
): string {
  const options = [
    ...(inMemory ? ["memory_optimized = ON", ...(durability === null ? [] : [`durability = ${durability}`])] : []),
    ...(temporal === VERSIONED && history ? [`system_versioning = ON (history_table = ${history.name})`] : []),
  ];
  return options.length === 0 ? "" : ` with (${options.join(", ")})`;
}
const VERSIONED = 2;

function foreignKeyStatements(catalog: Catalog, tables: ReadonlyMap<number, ScriptedTable>): readonly string[] {
  const columns = Map.groupBy(catalog.foreignKeyColumns, ({ key }) => key);
  return catalog.foreignKeys.flatMap((key) => {
    const table = tables.get(key.object);
    const target = tables.get(key.target);
    if (!table || !target) return [];
    const own = columns.get(key.id) ?? [];
    const name = key.isUnnamed ? "" : `constraint ${quoteName(key.name)} `;
    const from = own.map((column) => quoteName(column.name)).join(", ");
    const to = own.map((column) => quoteName(column.target)).join(", ");
    const actions = `${action("delete", key.onDelete)}${action("update", key.onUpdate)}`;
    return [
      `alter table ${table.name} with ${key.untrusted ? "nocheck" : "check"} add ${name}foreign key (${from}) references ${target.name} (${to})${actions}`,
      ...(key.disabled ? [`alter table ${table.name} nocheck constraint ${quoteName(key.name)}`] : []),
    ];
  });
}

const action = (event: string, what: string): string =>
  what === "NO_ACTION" ? "" : ` on ${event} ${what.replaceAll("_", " ")}`;

/** Indexes of views: the view must be there first. */
function viewIndexes(catalog: Catalog): readonly string[] {
  const tables = tableCatalog(catalog);
  return catalog.modules
    .filter(({ type }) => type === "V")
    .flatMap(({ id, schema, name }) => indexStatements(tables, { id, name: qualified(schema, name) }));
}

function disabledTrigger({
  type,
  disabled,
  schema,
  name,
  parent,
  parentSchema,
}: Catalog["modules"][number]): readonly string[] {
  if (type !== "TR" || disabled !== true || parent === null) return [];
  return [`disable trigger ${qualified(schema, name)} on ${qualified(parentSchema ?? "dbo", parent)}`];
}

/** Comments are extended properties, addressed by up to three levels. */
function commentStatement(row: Catalog["comments"][number]): readonly string[] {
  const levels = levelsOf(row);
  if (row.value === null || levels === null) return [];
  const text = (value: string): string => `N'${value.replaceAll("'", "''")}'`;
  const places = levels.map(([type, name], at) => `@level${at}type = N'${type}', @level${at}name = ${text(name)}`);
  return [
    `exec sys.sp_addextendedproperty ${["@name = N'MS_Description'", `@value = ${text(row.value)}`, ...places].join(", ")}`,
  ];
}

type Level = readonly [type: string, name: string];

function levelsOf(row: Catalog["comments"][number]): readonly Level[] | null {
  if (row.ofSchema !== null) return [["SCHEMA", row.ofSchema]];
  if (row.ofType !== null)
    return [
      ["SCHEMA", row.ofTypeSchema ?? "dbo"],
      ["TYPE", row.ofType],
    ];
  if (row.name === null || row.schema === null || row.type === null) return null;
  const schema: Level = ["SCHEMA", row.schema];
  const kind = LEVELS[row.type];
  if (kind !== undefined) {
    const object: Level = [kind, row.name];
    if (row.column !== null) return [schema, object, ["COLUMN", row.column]];
    return row.index === null ? [schema, object] : [schema, object, ["INDEX", row.index]];
  }
  const parent = LEVELS[row.parentType ?? ""];
  if (parent === undefined || row.parent === null) return null;
  return [
    ["SCHEMA", row.parentSchema ?? row.schema],
    [parent, row.parent],
    [row.type === "TR" ? "TRIGGER" : "CONSTRAINT", row.name],
  ];
}

/** Types of sys.objects that stand right below a schema. */
const LEVELS: Readonly<Record<string, string>> = {
  U: "TABLE",
  V: "VIEW",
  P: "PROCEDURE",
  FN: "FUNCTION",
  IF: "FUNCTION",
  TF: "FUNCTION",
  SO: "SEQUENCE",
  SN: "SYNONYM",
};
