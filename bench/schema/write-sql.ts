import { literal, qualified, quote } from "./names.ts";
import { TOUCH } from "./plan-routines.ts";
import type {
  PlannedCheck,
  PlannedColumn,
  PlannedDomain,
  PlannedEnum,
  PlannedForeignKey,
  PlannedIndex,
  PlannedModule,
  PlannedRoutine,
  PlannedTable,
  PlannedUnique,
  PlannedView,
} from "./plan.ts";

/** A table as it is made: a history may leave columns and constraints for later, or use names of that time. */
export interface TableParts {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly PlannedColumn[];
  readonly primaryKey: { readonly name: string; readonly columns: readonly string[] };
  readonly uniques: readonly PlannedUnique[];
  readonly checks: readonly PlannedCheck[];
  readonly partitionBy?: string;
}

export const createSchema = ({ schema, comment }: PlannedModule): string[] => [
  `create schema ${quote(schema)}`,
  `comment on schema ${quote(schema)} is ${literal(comment)}`,
];

export const createDomain = (domain: PlannedDomain): string[] => [
  `create domain ${qualified(domain)} as ${domain.definition}`,
  `comment on domain ${qualified(domain)} is ${literal(domain.comment)}`,
];

export const createEnum = (type: PlannedEnum, labels: readonly string[] = type.labels): string[] => [
  `create type ${qualified(type)} as enum (${labels.map(literal).join(", ")})`,
  ...(type.comment === undefined ? [] : [`comment on type ${qualified(type)} is ${literal(type.comment)}`]),
];

export function createTable({ primaryKey, uniques, checks, columns, partitionBy, ...table }: TableParts): string {
  const lines = [
    ...columns.map(columnLine),
    `constraint ${quote(primaryKey.name)} primary key (${list(primaryKey.columns)})`,
    ...uniques.map(uniqueLine),
    ...checks.map(checkLine),
  ];
  const split = partitionBy === undefined ? "" : ` partition by ${partitionBy}`;
  return `create table ${qualified(table)} (\n  ${lines.join(",\n  ")}\n)${split}`;
}

export function columnLine({ name, type, isRequired, default: fallback, generated, identity }: PlannedColumn): string {
  const words = [quote(name), type];
  if (identity) words.push(`generated ${identity} as identity`);
  if (generated !== undefined) words.push(`generated always as (${generated}) stored`);
  if (fallback !== undefined) words.push(`default ${fallback}`);
  if (isRequired) words.push("not null");
  return words.join(" ");
}

export const uniqueLine = ({ name, columns }: PlannedUnique): string =>
  `constraint ${quote(name)} unique (${list(columns)})`;
export const checkLine = ({ name, expression }: PlannedCheck): string =>
  `constraint ${quote(name)} check (${expression})`;

export function createPartitions(table: PlannedTable): string[] {
  return (table.partitions?.parts ?? []).map(
    ({ name, bound }) =>
      `create table ${qualified({ schema: table.schema, name })} partition of ${qualified(table)} ${bound}`,
  );
}

export const partitionClause = ({ partitions }: PlannedTable): string | undefined => {
  if (!partitions) return undefined;
  return `${partitions.column === "occurred_at" ? "range" : "list"} (${partitions.column})`;
};

export function addForeignKey(table: PlannedTable, key: PlannedForeignKey, isValidatedLater = false): string {
  const words = [
    `alter table ${qualified(table)} add constraint ${quote(key.name)} foreign key (${list(key.columns)})`,
    `references ${qualified(key.target)} (${list(key.targetColumns)})`,
  ];
  if (key.onDelete) words.push(`on delete ${key.onDelete}`);
  if (key.isDeferrable) words.push("deferrable initially deferred");
  if (isValidatedLater) words.push("not valid");
  return words.join(" ");
}

export function createIndex(table: PlannedTable, { name, isUnique, method, keys, where }: PlannedIndex): string {
  const using = method === undefined ? "" : `using ${method} `;
  const condition = where === undefined ? "" : ` where ${where}`;
  return `create ${isUnique ? "unique " : ""}index ${quote(name)} on ${qualified(table)} ${using}(${keys})${condition}`;
}

export function commentsOn(table: PlannedTable): string[] {
  const comments =
    table.comment === undefined ? [] : [`comment on table ${qualified(table)} is ${literal(table.comment)}`];
  for (const { name, comment } of table.columns) {
    if (comment !== undefined)
      comments.push(`comment on column ${qualified(table)}.${quote(name)} is ${literal(comment)}`);
  }
  return comments;
}

export const createTrigger = (table: PlannedTable): string =>
  `create trigger ${quote(`${table.name}_touch`)} before update on ${qualified(table)} for each row execute function ${TOUCH}()`;

export const createPolicy = (table: PlannedTable): string[] => [
  `alter table ${qualified(table)} enable row level security`,
  `create policy ${quote(`${table.name}_recent`)} on ${qualified(table)} for select using (${table.rowSecurity} > now() - interval '2 years')`,
];

export const createRoutine = ({ schema, name, signature, definition, comment }: PlannedRoutine): string[] => [
  definition,
  ...(comment === undefined
    ? []
    : [`comment on function ${qualified({ schema, name })}${signature} is ${literal(comment)}`]),
];

export function createView(view: PlannedView): string[] {
  const kind = view.isMaterialized ? "materialized view" : "view";
  const comment =
    view.comment === undefined ? [] : [`comment on ${kind} ${qualified(view)} is ${literal(view.comment)}`];
  return [`create ${kind} ${qualified(view)} as\n${view.query}`, ...comment];
}

/** Statements as the text of a file. */
export const script = (statements: readonly string[]): string =>
  statements.map((statement) => `${statement};\n`).join("\n");

const list = (names: readonly string[]): string => names.map(quote).join(", ");
