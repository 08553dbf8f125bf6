import type { Column, SchemaModel, Table, View } from "../../../model.ts";
import type { Problem } from "../../../problem.ts";
import type { WrittenDdl } from "../../ddl-writer.ts";
import { inOrder, type Step } from "../../in-order.ts";
import { NO_DATABASE } from "../../../languages/sql/mysql/apply-context.ts";
import { quoted } from "../defaults.ts";
import { nameList, quoteName } from "../sql-text.ts";

/** DDL that makes a MySQL or MariaDB model again, as mysqldump orders it; foreign keys come when every table is there. */
export function writeMysql(model: SchemaModel): WrittenDdl {
  const problems: Problem[] = [];
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
    ...model.routines.flatMap(({ definition }) => definition ?? []),
    ...inOrder(views),
    ...model.tables.flatMap(({ triggers }) => triggers.map(({ definition }) => definition)),
    ...model.others.map(({ definition }) => definition),
  ];
  return { statements, problems };
}

/** The database that scripts name none for is where the SQL runs. */
function path({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === NO_DATABASE ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

function tableText(table: Table): string {
  const parts = [
    ...table.columns.map((column) => `  ${columnText(column)}`),
    ...[...table.indexes]
      .sort((a, b) => Number(b.primary) - Number(a.primary))
      .map(({ definition, comment }) => `  ${definition}${commentOf(comment)}`),
    ...table.constraints.flatMap((constraint) =>
      constraint.kind === "check" ? [`  CONSTRAINT ${quoteName(constraint.name)} ${constraint.definition}`] : [],
    ),
  ];
  return `CREATE TABLE ${path(table)} (\n${parts.join(",\n")}\n)${tableOptions(table)}`;
}

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
  if (generated) parts.push(`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`);
  if (!nullable) parts.push("NOT NULL");
  // A timestamp without a word is not nullable in older servers.
  else if (!generated) parts.push("NULL");
  if (value !== undefined && !generated) parts.push(`DEFAULT ${value}`);
  if (onUpdate !== undefined) parts.push(`ON UPDATE ${onUpdate}`);
  if (identity) parts.push("AUTO_INCREMENT");
  if (invisible === true) parts.push("INVISIBLE");
  if (comment !== undefined) parts.push(`COMMENT ${quoted(comment)}`);
  return parts.join(" ");
}

function tableOptions({ options = {}, comment, partitionKey }: Table): string {
  const { partitions, "partition count": count, charset, collation, ...rest } = options;
  const words = Object.entries(rest).map(
    ([name, value]) => `${name.toUpperCase().replaceAll("_", "_")}=${optionValue(value)}`,
  );
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
