import type { Dialect } from "../../model.ts";
import { ddlWords, type DdlWords } from "./ddl-words.ts";
import type {
  DeclaredCheck,
  DeclaredColumn,
  DeclaredForeignKey,
  DeclaredIndex,
  DeclaredKey,
  DeclaredName,
  DeclaredSchema,
  DeclaredStatement,
  DeclaredTable,
  DeclaredUnique,
} from "./declared-schema.ts";

/** The statements that make a declared schema, in an order in which everything exists before it is used. */
export function writeDeclared(schema: DeclaredSchema, dialect: Dialect): readonly DeclaredStatement[] {
  const writer: Writer = { words: ddlWords(dialect) };
  const byLine = (a: DeclaredStatement, b: DeclaredStatement): number => a.line - b.line;
  const tables = [...schema.tables].sort((a, b) => a.line - b.line);
  return [
    ...schemaStatements(writer, schema),
    ...(schema.extensions ?? []).map(({ name, line }) => ({
      sql: `CREATE EXTENSION IF NOT EXISTS ${writer.words.quote(name)}`,
      line,
    })),
    ...enumStatements(writer, schema),
    ...(schema.before ?? []),
    ...tables.map((table) => ({ sql: createTable(writer, table), line: table.line })),
    ...tables.flatMap((table) => keyStatements(writer, table)).sort(byLine),
    ...tables.flatMap((table) => table.indexes.map((index) => createIndex(writer, table, index))).sort(byLine),
    ...tables.flatMap((table) => table.foreignKeys.map((key) => addForeignKey(writer, table, key))).sort(byLine),
    ...(schema.views ?? []).map((view) => ({
      sql: `CREATE ${view.materialized ? "MATERIALIZED " : ""}VIEW ${nameOf(writer, view)} AS\n${view.definition}`,
      line: view.line,
    })),
    ...(schema.behind ?? []),
    ...comments(writer, schema).sort(byLine),
  ];
}

interface Writer {
  readonly words: DdlWords;
}

function nameOf({ words }: Writer, { schema, name }: DeclaredName): string {
  const own = schema === undefined || schema === words.defaultSchema;
  return own ? words.quote(name) : `${words.quote(schema)}.${words.quote(name)}`;
}

const list = ({ words }: Writer, names: readonly string[]): string => names.map(words.quote).join(", ");

function schemaStatements({ words }: Writer, schema: DeclaredSchema): readonly DeclaredStatement[] {
  const first = new Map<string, number>();
  for (const { schema: name, line } of [...schema.enums, ...schema.tables, ...(schema.views ?? [])]) {
    if (name === undefined || name === words.defaultSchema) continue;
    first.set(name, Math.min(line, first.get(name) ?? line));
  }
  const what = words.schemasAreDatabases ? "DATABASE" : "SCHEMA";
  return [...first].map(([name, line]) => ({ sql: `CREATE ${what} ${words.quote(name)}`, line }));
}

function enumStatements(writer: Writer, { enums }: DeclaredSchema): readonly DeclaredStatement[] {
  if (!writer.words.hasEnumTypes) return [];
  return [...enums]
    .sort((a, b) => a.line - b.line)
    .map((one) => ({
      sql: `CREATE TYPE ${nameOf(writer, one)} AS ENUM (${one.labels.map(writer.words.text).join(", ")})`,
      line: one.line,
    }));
}

function createTable(writer: Writer, table: DeclaredTable): string {
  const { words } = writer;
  // What must be there for a key to be told from an index stands with the table, the rest on lines of its own.
  const key = table.primaryKey;
  const parts = [
    ...table.columns.map((column) => columnText(writer, column)),
    ...(key
      ? [`${named(writer, key.name)}PRIMARY KEY (${key.columns.map((part) => keyText(writer, part)).join(", ")})`]
      : []),
  ];
  const comment = words.hasInlineComments && table.comment !== undefined ? ` COMMENT=${words.text(table.comment)}` : "";
  const options = table.options === undefined ? "" : ` ${table.options}`;
  const persistence = table.persistence === undefined ? "" : `${table.persistence.toUpperCase()} `;
  return `CREATE ${persistence}TABLE ${nameOf(writer, table)} (${parts.join(", ")})${options}${comment}`;
}

const named = ({ words }: Writer, name: string | undefined): string =>
  name === undefined ? "" : `CONSTRAINT ${words.quote(name)} `;

function columnText(writer: Writer, column: DeclaredColumn): string {
  const { words } = writer;
  const { generated, collation, charset, onUpdate, comment } = column;
  const parts = [words.quote(column.name), column.type];
  if (charset !== undefined) parts.push(`CHARACTER SET ${charset}`);
  if (collation !== undefined) parts.push(`COLLATE ${words.collation(collation)}`);
  if (generated) parts.push(`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`);
  parts.push(column.nullable ? "NULL" : "NOT NULL");
  if (column.default !== undefined) {
    parts.push(`${named(writer, column.defaultName)}DEFAULT ${column.default}`);
  }
  if (onUpdate !== undefined) parts.push(`ON UPDATE ${onUpdate}`);
  if (column.increment === true) parts.push(words.increment);
  if (comment !== undefined && words.hasInlineComments) parts.push(`COMMENT ${words.text(comment)}`);
  return parts.join(" ");
}

function keyStatements(writer: Writer, table: DeclaredTable): readonly DeclaredStatement[] {
  const alter = `ALTER TABLE ${nameOf(writer, table)} ADD `;
  const unchecked = `ALTER TABLE ${nameOf(writer, table)} ${writer.words.unchecked.before}ADD `;
  return [
    ...table.uniques.map((unique: DeclaredUnique) => ({
      sql: `${alter}${named(writer, unique.name)}UNIQUE${unique.nullsNotDistinct === true ? " NULLS NOT DISTINCT" : ""} (${list(writer, unique.columns)})${tail(unique.tail)}`,
      line: unique.line,
    })),
    ...table.checks.map((check: DeclaredCheck) => ({
      sql: `${check.validated === false ? unchecked : alter}${named(writer, check.name)}CHECK (${check.expression})${check.validated === false ? writer.words.unchecked.behind : ""}`,
      line: check.line,
    })),
    ...(table.exclusions ?? []).map(({ name, definition, line }) => ({
      sql: `${alter}${named(writer, name)}${definition}`,
      line,
    })),
  ];
}

const tail = (text: string | undefined): string => (text === undefined ? "" : ` ${text}`);

function keyText({ words }: Writer, key: DeclaredKey): string {
  const { column, expression = "", raw, length, order, operatorClass } = key;
  if (raw !== undefined) return raw;
  const what = column === undefined ? words.keyExpression(expression) : words.quote(column);
  return `${what}${length === undefined ? "" : `(${length})`}${tail(operatorClass)}${tail(order)}`;
}

function createIndex(writer: Writer, table: DeclaredTable, index: DeclaredIndex): DeclaredStatement {
  const { words } = writer;
  const { method, include = [], where, comment } = index;
  const keys = index.keys.map((key) => keyText(writer, key)).join(", ");
  const isKind = method === "fulltext" || method === "spatial";
  const unique = index.unique ? "UNIQUE " : "";
  const kind = isKind ? `${method.toUpperCase()} ` : unique;
  const clustered = index.clustered === true ? "CLUSTERED " : "";
  const using = method === undefined || isKind || !words.hasMethods ? "" : ` USING ${method}`;
  const before = words.hasInlineComments ? using : "";
  const behind = words.hasInlineComments ? "" : using;
  const name = index.name === undefined ? "" : ` ${words.quote(index.name)}`;
  const sql = [
    `CREATE ${kind}${clustered}INDEX${name}${before} ON ${nameOf(writer, table)}${behind} (${keys})`,
    include.length > 0 ? ` INCLUDE (${list(writer, include)})` : "",
    index.nullsNotDistinct === true ? " NULLS NOT DISTINCT" : "",
    where === undefined ? "" : ` WHERE ${where}`,
    comment !== undefined && words.hasInlineComments ? ` COMMENT ${words.text(comment)}` : "",
  ];
  return { sql: sql.join(""), line: index.line };
}

function addForeignKey(writer: Writer, table: DeclaredTable, key: DeclaredForeignKey): DeclaredStatement {
  const { words } = writer;
  const action = (event: string, what: string | undefined): string =>
    what === undefined ? "" : ` ON ${event} ${what.toUpperCase()}`;
  const target = `${nameOf(writer, key.to)} (${list(writer, key.toColumns)})`;
  const unchecked = key.validated === false ? words.unchecked.behind : "";
  const loose = key.enforced === false ? words.notEnforced : unchecked;
  return {
    sql: `ALTER TABLE ${nameOf(writer, table)} ADD ${named(writer, key.name)}FOREIGN KEY (${list(writer, key.columns)}) REFERENCES ${target}${action("DELETE", key.onDelete)}${action("UPDATE", key.onUpdate)}${tail(key.tail)}${loose}`,
    line: key.line,
  };
}

function comments(writer: Writer, { enums, tables }: DeclaredSchema): DeclaredStatement[] {
  const { words } = writer;
  if (words.hasInlineComments) return [];
  const found: DeclaredStatement[] = [];
  const say = (line: number, comment: string | undefined, at: CommentPlace): void => {
    if (comment !== undefined && comment !== "") found.push({ sql: commentText(writer, comment, at), line });
  };
  if (words.hasEnumTypes) for (const one of enums) say(one.line, one.comment, { what: "TYPE", of: one });
  for (const table of tables) {
    say(table.line, table.comment, { what: "TABLE", of: table });
    for (const column of table.columns)
      say(column.line, column.comment, { what: "COLUMN", of: table, part: column.name });
    for (const index of table.indexes) {
      const of = { ...table, name: index.name ?? "" };
      if (index.name !== undefined) say(index.line, index.comment, { what: "INDEX", of, table: table.name });
    }
  }
  return found;
}

interface CommentPlace {
  readonly what: "TYPE" | "TABLE" | "COLUMN" | "INDEX";
  readonly of: DeclaredName;
  readonly part?: string;
  readonly table?: string;
}

/** SQL Server keeps comments as extended properties. */
function commentText(writer: Writer, comment: string, { what, of, part, table }: CommentPlace): string {
  const { words } = writer;
  if (words.hasCommentOn) {
    const name = part === undefined ? nameOf(writer, of) : `${nameOf(writer, of)}.${words.quote(part)}`;
    return `COMMENT ON ${what} ${name} IS ${words.text(comment)}`;
  }
  const index = what === "INDEX" ? `, N'INDEX', ${words.text(of.name)}` : "";
  const inner = what === "COLUMN" ? `, N'COLUMN', ${words.text(part ?? "")}` : index;
  return `EXEC sys.sp_addextendedproperty N'MS_Description', ${words.text(comment)}, N'SCHEMA', ${words.text(of.schema ?? words.defaultSchema)}, N'TABLE', ${words.text(table ?? of.name)}${inner}`;
}
