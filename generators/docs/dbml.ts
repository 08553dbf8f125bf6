import type { Column, Index, SchemaModel, Table } from "#schemas/model.ts";
import { cardinalityOf, keysOf } from "#schemas/keys.ts";
import { indexModel, type ModelIndex, type Reference } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { dbmlName as quoted, dbmlPath as path, dbmlText as text } from "./dbml-escape.ts";
import { writtenDescription } from "./describe.ts";
import { displayType } from "./display-type.ts";
import { proseText } from "./prose.ts";

export interface DbmlOptions {
  readonly descriptions?: Readonly<Record<ObjectId, string>>;
  /** Only these tables, with the references among them; all tables when absent. */
  readonly tables?: ReadonlySet<ObjectId>;
}

/** Tables, enums and references as DBML. Partitions are part of their parent; DBML has no views and no routines. */
export function writeDbml(model: SchemaModel, { descriptions = {}, tables }: DbmlOptions = {}): string {
  const index = indexModel(model);
  // A table without columns, which PostgreSQL takes, is none in DBML.
  const shown = model.tables.filter(
    (table) => !table.partitionOf && table.columns.length > 0 && (tables?.has(table.id) ?? true),
  );
  const ids = new Set(shown.map((table) => table.id));
  const say: Say = (object) => {
    const written = writtenDescription({ descriptions }, object);
    return written ? proseText(written.prose) : "";
  };
  const used = new Set(shown.flatMap((table) => table.columns.map((column) => column.type.typeId)));
  const enums = model.enums.filter((type) => tables === undefined || used.has(type.id));
  const references = index.references.filter(({ from, to }) => ids.has(from.id) && to !== undefined && ids.has(to.id));
  const parts = [
    ...enums.filter((type) => type.labels.length > 0).map((type) => enumBlock(type)),
    ...shown.map((table) => tableBlock(index, table, say)),
    references.map((reference) => refLine(index, reference)).join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

type Say = (object: { readonly id: ObjectId; readonly comment?: string }) => string;

function enumBlock({ schema, name, labels }: SchemaModel["enums"][number]): string {
  return [`Enum ${path(schema, name)} {`, ...labels.map((label) => `  ${quoted(label)}`), "}"].join("\n");
}

function tableBlock(index: ModelIndex, table: Table, say: Say): string {
  const note = say(table);
  const indexes = indexLines(table);
  return [
    `Table ${path(table.schema, table.name)} {`,
    ...table.columns.map((column) => `  ${columnLine(index, column, table, say)}`),
    ...(indexes.length === 0 ? [] : ["", "  Indexes {", ...indexes.map((line) => `    ${line}`), "  }"]),
    ...(note === "" ? [] : ["", `  Note: ${text(note)}`]),
    "}",
  ].join("\n");
}

function columnLine(index: ModelIndex, column: Column, table: Table, say: Say): string {
  const keys = keysOf(table).filter((key) => key.columns.length === 1 && key.columns[0] === column.name);
  const settings: string[] = [];
  if (keys.some((key) => key.kind === "primary key")) settings.push("pk");
  else if (keys.length > 0) settings.push("unique");
  if (!column.nullable && !settings.includes("pk")) settings.push("not null");
  if (column.identity) settings.push("increment");
  if (column.default !== undefined) settings.push(`default: ${expression(column.default)}`);
  const note = say(column);
  if (note !== "") settings.push(`note: ${text(note)}`);
  const tail = settings.length === 0 ? "" : ` [${settings.join(", ")}]`;
  return `${quoted(column.name)} ${typeOf(index, column)}${tail}`;
}

function typeOf(index: ModelIndex, { type }: Column): string {
  const enumeration = type.typeId === undefined ? undefined : index.find("enum", type.typeId);
  const plain = (type.dimensions ?? 0) === 0;
  if (enumeration && plain && enumeration.labels.length > 0) return path(enumeration.schema, enumeration.name);
  const shown = displayType(type);
  return /^[a-z_][a-z0-9_]*(?:\(\d+(?:,\d+)?\))?$/.test(shown) ? shown : quoted(shown);
}

/** Keys of several columns and indexes; keys of one column are settings of the column. */
function indexLines(table: Table): readonly string[] {
  const keys = keysOf(table)
    .filter((key) => key.columns.length > 1)
    .map((key) => {
      const kind = key.kind === "primary key" ? "pk" : "unique";
      return `(${key.columns.map(quoted).join(", ")}) [${kind}, name: ${text(key.name)}]`;
    });
  const own = table.indexes.filter((index) => !index.primary && index.constraint === undefined && !isKey(table, index));
  return [...keys, ...own.map(indexLine)];
}

function isKey(table: Table, index: Index): boolean {
  return keysOf(table).some((key) => key.kind === "unique index" && key.name === index.name);
}

function indexLine(index: Index): string {
  const keys = index.keys.map((key) =>
    key.column === undefined ? expression(key.expression ?? "") : quoted(key.column),
  );
  const settings = [`name: ${text(index.name)}`];
  if (index.method === "btree" || index.method === "hash") settings.unshift(`type: ${index.method}`);
  // A unique index on some rows is no unique index in DBML's sense.
  if (index.unique && index.predicate === undefined) settings.unshift("unique");
  if (index.predicate !== undefined) settings.push(`note: ${text(`where ${index.predicate}`)}`);
  return `(${keys.join(", ")}) [${settings.join(", ")}]`;
}

function refLine(index: ModelIndex, reference: Reference): string {
  const { foreignKey, from, to } = reference;
  const target = to ?? from;
  const single = cardinalityOf(index, reference).from;
  const relation = single === "zero or one" || single === "exactly one" ? "-" : ">";
  const settings: string[] = [];
  if (foreignKey.onDelete !== "no action") settings.push(`delete: ${foreignKey.onDelete}`);
  if (foreignKey.onUpdate !== "no action") settings.push(`update: ${foreignKey.onUpdate}`);
  const tail = settings.length === 0 ? "" : ` [${settings.join(", ")}]`;
  const left = end(from, foreignKey.columns);
  return `Ref ${quoted(foreignKey.name)}: ${left} ${relation} ${end(target, foreignKey.references.columns)}${tail}`;
}

function end(table: Table, columns: readonly string[]): string {
  const [only, second] = columns;
  const names = only !== undefined && second === undefined ? quoted(only) : `(${columns.map(quoted).join(", ")})`;
  return `${path(table.schema, table.name)}.${names}`;
}

/** DBML has no escape for a backtick inside an expression. */
function expression(sql: string): string {
  return `\`${sql.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
}
