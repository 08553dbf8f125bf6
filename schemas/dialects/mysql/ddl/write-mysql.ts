import type { Column, SchemaModel, Table, View } from "../../../model.ts";
import type { Problem } from "../../../problem.ts";
import type { WrittenDdl } from "../../ddl-writer.ts";
import { inOrder, type Step } from "../../in-order.ts";
import { NO_DATABASE } from "../../../languages/sql/mysql/apply-context.ts";
import { Cursor } from "../../../languages/sql/mysql/cursor.ts";
import { quoted } from "../defaults.ts";
import { nameList, quoteName } from "../sql-text.ts";

/** DDL that makes a MySQL or MariaDB model again, as mysqldump orders it; foreign keys come when every table is there. */
export function writeMysql(model: SchemaModel): WrittenDdl {
  const problems: Problem[] = [];
  const schemaOf = new Map(model.views.map((view) => [viewText(view), view.schema]));
  const views = model.views.map((view): Step => ({
    id: view.id,
    needs: view.dependsOn,
    statements: [viewText(view)],
  }));
  const statements = [
    // Routines before views, which may call them; their bodies are read when they run.
    ...model.schemas.flatMap(({ name, comment }) =>
      name === NO_DATABASE
        ? []
        : [`CREATE DATABASE ${quoteName(name)}${comment === undefined ? "" : ` COMMENT ${quoted(comment)}`}`],
    ),
    ...model.sequences.map((one) => {
      const range = `MINVALUE ${one.minimum} MAXVALUE ${one.maximum} INCREMENT BY ${one.increment}`;
      return `CREATE SEQUENCE ${path(one)} START WITH ${one.start} ${range}${one.cycle ? " CYCLE" : ""}`;
    }),
    ...model.tables.map((table) => tableText(table)),
    ...model.tables.flatMap(foreignKeys),
    ...inDatabases([
      ...model.routines.map(({ schema, definition }) => ({ schema, sql: definition })),
      ...inOrder(views).map((sql) => ({ schema: schemaOf.get(sql), sql })),
      ...model.tables.flatMap(({ schema, triggers }) => triggers.map(({ definition: sql }) => ({ schema, sql }))),
      ...model.others.map(({ schema, definition: sql }) => ({ schema, sql })),
    ]),
  ];
  return { statements, problems };
}

/** Texts that are kept as they were written: their names are those of the database that they were written in. */
function inDatabases(
  all: readonly { readonly schema: string | undefined; readonly sql: string | undefined }[],
): readonly string[] {
  let current: string = NO_DATABASE;
  return all.flatMap(({ schema = NO_DATABASE, sql }) => {
    if (sql === undefined) return [];
    if (schema === current || schema === NO_DATABASE) return [sql];
    current = schema;
    return [`USE ${quoteName(schema)}`, sql];
  });
}

/** The database that scripts name none for is where the SQL runs. */
function path({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === NO_DATABASE ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

function tableText(table: Table): string {
  const periods = Object.entries(table.options ?? {}).flatMap(([name, columns]) =>
    name.startsWith(PERIOD) ? [[name.slice(PERIOD.length), columns] as const] : [],
  );
  // The server makes the check of a period itself, and names it so.
  const isOfPeriod = (check: string): boolean => periods.some(([name]) => name.toLowerCase() === check.toLowerCase());
  const parts = [
    ...table.columns.map((column) => `  ${columnText(column)}`),
    ...[...table.indexes]
      .sort((a, b) => Number(b.primary) - Number(a.primary))
      .map(({ definition, comment }) => `  ${definition}${commentOf(comment)}`),
    ...periods.map(([name, columns]) => `  PERIOD FOR ${quoteName(name)} (${columns})`),
    ...table.constraints.flatMap((constraint) =>
      constraint.kind === "check" && !isOfPeriod(constraint.name)
        ? [`  CONSTRAINT ${quoteName(constraint.name)} ${constraint.definition}`]
        : [],
    ),
  ];
  return `CREATE TABLE ${path(table)} (\n${parts.join(",\n")}\n)${tableOptions(table)}`;
}

/** What the options of periods are called. */
const PERIOD = "period ";

const commentOf = (comment: string | undefined): string => (comment === undefined ? "" : ` COMMENT ${quoted(comment)}`);

function columnText(column: Column): string {
  const {
    type,
    charset,
    collation,
    generated,
    nullable,
    default: value,
    identity,
    onUpdate,
    invisible,
    comment,
  } = column;
  const parts = [quoteName(column.name), type.raw];
  if (charset !== undefined && !/\bcharacter set\b/i.test(type.raw)) parts.push(`CHARACTER SET ${charset}`);
  if (collation !== undefined) parts.push(`COLLATE ${collation}`);
  const isRowTime = generated !== undefined && ROW_TIMES.has(generated.expression);
  if (isRowTime) parts.push(`GENERATED ALWAYS AS ${generated.expression}`);
  else if (generated)
    parts.push(`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`);
  if (isRowTime) return parts.join(" ");
  if (!nullable) parts.push("NOT NULL");
  // A timestamp without a word is not nullable in older servers.
  else if (!generated) parts.push("NULL");
  if (value !== undefined && !generated) parts.push(`DEFAULT ${isPlainDefault(value) ? value : `(${value})`}`);
  if (onUpdate !== undefined) parts.push(`ON UPDATE ${onUpdate}`);
  if (identity) parts.push("AUTO_INCREMENT");
  if (invisible === true) parts.push("INVISIBLE");
  if (comment !== undefined) parts.push(`COMMENT ${quoted(comment)}`);
  return parts.join(" ");
}

/** MariaDB's columns that say how long a row was so. */
const ROW_TIMES: ReadonlySet<string> = new Set(["ROW START", "ROW END"]);

/** A literal or the time, which stand without parentheses; any other expression needs them. */
function isPlainDefault(value: string): boolean {
  const { lexemes } = new Cursor(value, () => false);
  const signed = lexemes[0]?.word === "-" ? lexemes.slice(1) : lexemes;
  const [first, second] = signed;
  if (first?.word === "CURRENT_TIMESTAMP") return signed.length <= 4;
  return second === undefined && (first?.kind === "string" || first?.kind === "number" || first?.word === "NULL");
}

function tableOptions({ options = {}, comment, partitionKey }: Table): string {
  const { partitions, "partition count": count, charset, collation, system, union, ...others } = options;
  const words = Object.entries(others)
    .filter(([name]) => !name.startsWith(PERIOD))
    .map(([name, value]) => `${name.toUpperCase()}=${optionValue(value)}`);
  if (union !== undefined) words.push(`UNION=(${union})`);
  if (system !== undefined) words.push(`WITH SYSTEM ${system}`);
  if (charset !== undefined) words.push(`DEFAULT CHARSET=${charset}`);
  if (collation !== undefined) words.push(`COLLATE=${collation}`);
  if (comment !== undefined) words.push(`COMMENT=${quoted(comment)}`);
  const by = partitionKey === undefined ? "" : `\nPARTITION BY ${partitionKey}`;
  const many = count === undefined ? "" : ` PARTITIONS ${count}`;
  const list = partitions === undefined ? "" : ` (${partitionList(partitions)})`;
  return `${words.length > 0 ? ` ${words.join(" ")}` : ""}${by}${many}${list}`;
}

const optionValue = (value: string): string => (/^[\w.]+$/.test(value) ? value : quoted(value));

/** The list is written as it is declared, each behind its name. */
const partitionList = (list: string): string => list.replaceAll(/(^|, )(?=`)/g, "$1PARTITION ");

function foreignKeys(table: Table): readonly string[] {
  return table.constraints.flatMap((constraint) =>
    constraint.kind === "foreign key" && constraint.virtual === undefined
      ? [
          `ALTER TABLE ${path(table)} ADD CONSTRAINT ${quoteName(constraint.name)} ${ownDatabase(constraint.definition)}`,
        ]
      : [],
  );
}

const ownDatabase = (definition: string): string =>
  definition.replace(` REFERENCES ${quoteName(NO_DATABASE)}.`, " REFERENCES ");

function viewText(view: View): string {
  const { algorithm, security, check } = Object.fromEntries(
    Object.entries(view.options ?? {}).map(([name, value]) => [name.split(" ").at(-1) ?? name, value]),
  );
  const head = [
    "CREATE",
    ...(algorithm === undefined ? [] : [`ALGORITHM=${algorithm.toUpperCase()}`]),
    ...(security === undefined ? [] : [`SQL SECURITY ${security.toUpperCase()}`]),
    `VIEW ${path(view)}`,
  ].join(" ");
  const columns = view.columns.length > 0 ? ` (${nameList(view.columns.map(({ name }) => name))})` : "";
  const tail = check === undefined ? "" : ` WITH ${check.toUpperCase()} CHECK OPTION`;
  return `${head}${columns} AS ${view.definition}${tail}`;
}
