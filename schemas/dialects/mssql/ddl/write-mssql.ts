import type { Column, Constraint, Index, SchemaModel, Table, View } from "../../../model.ts";
import { parseObjectId } from "../../../object-id.ts";
import type { Problem } from "../../../problem.ts";
import { unwritten, type WrittenDdl } from "../../ddl-writer.ts";
import { inOrder, type Step } from "../../in-order.ts";
import { quoteName } from "../facts.ts";
import { writeComments } from "./comments.ts";

/**
 * DDL that makes a SQL Server model again; each statement is a batch of its own, as views and modules must be. Foreign
 * keys come when every table is there.
 */
export function writeMssql(model: SchemaModel): WrittenDdl {
  const problems: Problem[] = [];
  const left = (id: string, why: string): void => void problems.push(unwritten(id, why));
  const views = model.views.map((view): Step => {
    const statements = viewTexts(view, left);
    return { id: view.id, needs: view.dependsOn, statements };
  });
  const functions = model.routines.map((one): Step => ({
    id: one.id,
    needs: [],
    statements: one.definition === undefined ? [] : [one.definition],
  }));
  for (const { id, options = {} } of model.tables) {
    for (const [option, why] of UNWRITTEN) if (options[option] !== undefined) left(id, why);
  }
  for (const { id, definition } of model.routines) if (definition === undefined) left(id, "its body is not known");
  const statements = [
    ...model.schemas
      .filter(({ name }) => name !== "dbo")
      .map(
        ({ name, owner }) =>
          `CREATE SCHEMA ${quoteName(name)}${owner === undefined ? "" : ` AUTHORIZATION ${quoteName(owner)}`}`,
      ),
    ...model.domains.map(
      (one) => `CREATE TYPE ${path(one)} FROM ${one.base.raw} ${one.nullable ? "NULL" : "NOT NULL"}`,
    ),
    ...model.composites.map((one) => {
      const columns = one.attributes.map(({ name, type }) => `${quoteName(name)} ${typeText(type)}`);
      return `CREATE TYPE ${path(one)} AS TABLE (${columns.join(", ")})`;
    }),
    ...model.sequences.map((one) => {
      const range = `START WITH ${one.start} INCREMENT BY ${one.increment} MINVALUE ${one.minimum} MAXVALUE ${one.maximum}`;
      return `CREATE SEQUENCE ${path(one)} AS ${one.type} ${range}${one.cycle ? " CYCLE" : ""}`;
    }),
    ...model.tables.filter((table) => !isHistory(table)).map(tableText),
    ...model.tables.flatMap((table) =>
      constraints(table, (one) => one.kind !== "foreign key" && !isInline(table, one)),
    ),
    ...model.tables.flatMap(versioning),
    ...model.tables.flatMap((table) => indexes(table, left)),
    ...model.tables.flatMap((table) => constraints(table, ({ kind }) => kind === "foreign key")),
    ...model.others.flatMap(({ kind, definition }) => (kind === "synonym" ? [definition] : [])),
    ...inOrder([...functions, ...views]),
    ...[...model.tables, ...model.views].flatMap(triggers),
    ...model.others.flatMap(({ kind, definition }) => (kind === "synonym" ? [] : [definition])),
    ...writeComments(model),
    ...grants(model),
  ];
  return { statements, problems };
}

/** Options of tables that the SQL does not say; the columns are there all the same. */
const UNWRITTEN: readonly (readonly [option: string, why: string])[] = [
  ["external", "its data source is no part of the schema, and it is written as a table"],
  ["ledger", "it is written as a table without a ledger"],
  ["encrypted", "encrypted columns are written as plain ones: their keys are no part of the schema"],
  ["column_set", "its column set is written as a plain column"],
  ["filestream", "columns in files are written as plain ones"],
];

const path = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${quoteName(schema)}.${quoteName(name)}`;

function typeText(type: Column["type"]): string {
  const own = type.typeId === undefined ? null : parseObjectId(type.typeId);
  return own ? own.map(quoteName).join(".") : type.raw;
}

function tableText(table: Table): string {
  if (table.options?.["filetable"] !== undefined) return `CREATE TABLE ${path(table)} AS FILETABLE`;
  const { temporal, marks, tail } = optionsOf(table);
  const graph = table.options?.["graph"];
  const parts = [
    ...table.columns.map((column) => `  ${columnText(column, marks)}`),
    ...(temporal === undefined ? [] : [`  PERIOD FOR SYSTEM_TIME (${temporal})`]),
    ...table.constraints
      .filter((constraint) => isInline(table, constraint))
      .map((constraint) => `  CONSTRAINT ${quoteName(constraint.name)} ${keyInMemory(table, constraint)}`),
    ...(isInMemory(table) ? table.indexes.filter(isOwn).map((index) => `  ${indexInMemory(index)}`) : []),
  ];
  return `CREATE TABLE ${path(table)} (\n${parts.join(",\n")}\n)${graph === undefined ? "" : ` AS ${graph.toUpperCase()}`}${tail}`;
}

/** A table in memory has its keys and indexes from the start. */
const isInMemory = ({ options }: Table): boolean => options?.["memory_optimized"] !== undefined;

const isInline = (table: Table, { kind }: Constraint): boolean =>
  isInMemory(table) && (kind === "primary key" || kind === "unique");

/** Of no key: those of keys come with them. */
const isOwn = ({ constraint }: Index): boolean => constraint === undefined;

/** The model does not keep how many buckets a hash index has; without the clause the server refuses it. */
const BUCKETS = " WITH (BUCKET_COUNT = 1024)";

function indexInMemory(index: Index): string {
  if (index.method === "columnstore") return `INDEX ${quoteName(index.name)} CLUSTERED COLUMNSTORE`;
  const isHash = index.method === "hash";
  return `INDEX ${quoteName(index.name)}${index.unique ? " UNIQUE" : ""} NONCLUSTERED${isHash ? " HASH" : ""} (${keysText(index)})${isHash ? BUCKETS : ""}`;
}

const keysText = ({ keys }: Index): string =>
  keys.map((key) => `${quoteName(key.column ?? "")}${key.descending === true ? " DESC" : ""}`).join(", ");

function keyInMemory(table: Table, { name, definition }: Constraint): string {
  const isHash = table.indexes.some((index) => index.constraint === name && index.method === "hash");
  return isHash ? `${definition.replace("NONCLUSTERED", "NONCLUSTERED HASH")}${BUCKETS}` : definition;
}

/** SQL Server makes it, with its index, for the table whose old rows it holds. */
const isHistory = ({ options }: Table): boolean => options?.["history_of"] !== undefined;

const isHistoryOf = (owner: Table | View): boolean => owner.kind === "table" && isHistory(owner);

function versioning(table: Table): readonly string[] {
  const history = table.options?.["system_versioning"];
  if (history === undefined) return [];
  const named = history === "on" ? "" : ` (HISTORY_TABLE = ${history.split(".").map(quoteName).join(".")})`;
  return [`ALTER TABLE ${path(table)} SET (SYSTEM_VERSIONING = ON${named})`];
}

function columnText(column: Column, marks: ReadonlyMap<string, readonly string[]>): string {
  const { type, collation, generated, identity, nullable, default: value, defaultName } = column;
  if (generated?.expression.startsWith("GENERATED ALWAYS") === true) {
    return `${quoteName(column.name)} ${typeText(type)} ${generated.expression} ${nullable ? "NULL" : "NOT NULL"}`;
  }
  if (generated)
    return `${quoteName(column.name)} AS ${wrapped(generated.expression)}${generated.stored ? " PERSISTED" : ""}${generated.stored && !nullable ? " NOT NULL" : ""}`;
  const parts = [quoteName(column.name), typeText(type)];
  if (collation !== undefined) parts.push(`COLLATE ${collation}`);
  parts.push(...(marks.get(column.name) ?? []));
  if (identity) parts.push(`IDENTITY(${identity.start},${identity.increment})`);
  parts.push(nullable ? "NULL" : "NOT NULL");
  if (value !== undefined)
    parts.push(`${defaultName === undefined ? "" : `CONSTRAINT ${quoteName(defaultName)} `}DEFAULT ${wrapped(value)}`);
  return parts.join(" ");
}

const wrapped = (sql: string): string => (sql.startsWith("(") ? sql : `(${sql})`);

const KEPT_WORDS: ReadonlySet<string> = new Set(["memory_optimized", "durability", "data_compression"]);

interface TableOptions {
  readonly temporal?: string;
  /** Words of a column that the model keeps with its table. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
  readonly tail: string;
}

const COLUMN_MARKS: Readonly<Record<string, string>> = {
  sparse: "SPARSE",
  rowguidcol: "ROWGUIDCOL",
  masked: "MASKED WITH",
};

function optionsOf(table: Table): TableOptions {
  const marks = new Map<string, string[]>();
  const words: string[] = [];
  let filegroup = "";
  for (const [name, value] of Object.entries(table.options ?? {})) {
    const mark = COLUMN_MARKS[name];
    if (mark !== undefined) {
      for (const [, column = "", , text = ""] of value.matchAll(/(?:^|, )([^,(]+?)( \((.*?)\))?(?=, |$)/g)) {
        marks.set(column, [...(marks.get(column) ?? []), text === "" ? mark : `${mark} (${text})`]);
      }
    } else if (KEPT_WORDS.has(name)) words.push(`${name.toUpperCase()} = ${value.toUpperCase()}`);
    else if (name === "filegroup") filegroup = ` ON ${quoteName(value)}`;
  }
  if (table.partitionKey !== undefined) filegroup = ` ON ${table.partitionKey}`;
  const temporal = table.options?.["period_for_system_time"];
  return {
    ...(temporal === undefined ? {} : { temporal }),
    marks,
    tail: `${filegroup}${words.length > 0 ? ` WITH (${words.join(", ")})` : ""}`,
  };
}

function constraints(table: Table, isWanted: (constraint: Constraint) => boolean): readonly string[] {
  return table.constraints.filter(isWanted).flatMap((constraint) => {
    if (constraint.kind === "foreign key" && constraint.virtual !== undefined) return [];
    const isOn = !("enforced" in constraint) || constraint.enforced;
    const unchecked = constraint.validated ? "" : " WITH NOCHECK";
    const add = `ALTER TABLE ${path(table)}${unchecked} ADD CONSTRAINT ${quoteName(constraint.name)} ${constraint.definition}`;
    return isOn ? [add] : [add, `ALTER TABLE ${path(table)} NOCHECK CONSTRAINT ${quoteName(constraint.name)}`];
  });
}

type LeaveOut = (id: string, why: string) => void;

function indexes(owner: Table | View, left: LeaveOut): readonly string[] {
  if (owner.kind === "table" && isInMemory(owner)) return [];
  return owner.indexes
    .filter((index) => isOwn(index) && !(isHistoryOf(owner) && index.name === `ix_${owner.name}`))
    .flatMap((index) => {
      if (index.method === "xml") {
        left(index.id, "the model does not say whether an XML index is a primary one");
        return [];
      }
      const definition = index.method === "fulltext" ? fulltextIndex(owner, index) : index.definition;
      if (definition === null) {
        left(index.id, "a full-text index needs a unique key of one column, and the table has none");
        return [];
      }
      const off = `ALTER INDEX ${quoteName(index.name)} ON ${path(owner)} DISABLE`;
      return index.valid ? [definition] : [definition, off];
    });
}

/** It has no name, and finds rows by a unique key of one column that is never NULL. */
function fulltextIndex(owner: Table | View, index: Index): string | null {
  const nullable = new Set(owner.columns.filter((column) => column.nullable).map(({ name }) => name));
  const fits = ({ unique, keys, predicate }: Index): boolean =>
    unique && keys.length === 1 && predicate === undefined && !nullable.has(keys[0]?.column ?? "");
  const key = owner.indexes.find((one) => one.primary && fits(one)) ?? owner.indexes.find(fits);
  return key ? `CREATE FULLTEXT INDEX ON ${path(owner)} (${keysText(index)}) KEY INDEX ${quoteName(key.name)}` : null;
}

function viewTexts(view: View, left: LeaveOut): readonly string[] {
  const options = Object.keys(view.options ?? {});
  const own = options.length > 0 ? ` WITH ${options.map((option) => option.toUpperCase()).join(", ")}` : "";
  const columns = view.columns.length > 0 ? ` (${view.columns.map(({ name }) => quoteName(name)).join(", ")})` : "";
  const sql = /^\s*create\b/i.test(view.definition)
    ? view.definition
    : `CREATE VIEW ${path(view)}${columns}${own} AS\n${view.definition}`;
  return [
    sql,
    ...[...indexes(view, left)].sort((a, b) => Number(b.includes(" CLUSTERED ")) - Number(a.includes(" CLUSTERED "))),
  ];
}

function triggers(owner: Table | View): readonly string[] {
  return owner.triggers.flatMap(({ name, definition, enabled }) =>
    enabled === "disabled" ? [definition, `DISABLE TRIGGER ${quoteName(name)} ON ${path(owner)}`] : [definition],
  );
}

function grants(model: SchemaModel): readonly string[] {
  return [...model.tables, ...model.views, ...model.routines].flatMap((one) =>
    (one.grants ?? []).map(({ grantee, privileges, columns }) => {
      const list = columns ? ` (${columns.map(quoteName).join(", ")})` : "";
      return `GRANT ${privileges.map((right) => right.toUpperCase()).join(", ")} ON ${path(one)}${list} TO ${quoteName(grantee)}`;
    }),
  );
}
