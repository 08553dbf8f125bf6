import type { Column, Table } from "#schemas/model.ts";
import { splitWords, stem } from "../search/tokenise.ts";

/** The columns a thing is called by: its name or title, first and last name, or what is named as the table. */
export function displayColumns(table: Table): readonly Column[] {
  const own = splitWords(table.name).map(stem);
  const name = (column: Column): string => splitWords(column.name).map(stem).join(" ");
  const joined = own.join(" ");
  const last = own.at(-1) ?? "";
  const by = (...names: readonly string[]): Column | undefined =>
    names.map((wanted) => table.columns.find((column) => name(column) === wanted)).find((found) => found !== undefined);
  const first = by("first name", "fname", "firstname", "forename", "given name", `${last} fname`);
  const family = by("last name", "lname", "lastname", "surname", "family name", `${last} lname`);
  // A person with both has a title as a job or a form of address.
  if (first && family && !by("name", `${joined} name`, `${last} name`, "full name")) return [first, family];
  const whole = by(
    "name",
    `${joined} name`,
    `${last} name`,
    "title",
    `${joined} title`,
    `${last} title`,
    "full name",
    `${joined}name`,
    `${last}name`,
  );
  if (whole) return [whole];
  const same = by(joined, last);
  if (same) return [same];
  const isText = ({ type }: Column): boolean => type.family === "text" || type.family === "enum";
  const described = by(`${joined} description`, `${last} description`, `${joined} label`, "label");
  if (described) return [described];
  const named = table.columns.find((column) => isText(column) && /(?:name|title)$/i.test(column.name));
  if (named) return [named];
  return [];
}

/** Columns of the primary key; empty without one. */
export function keyColumns(table: Table): readonly Column[] {
  const key = table.constraints.find(({ kind }) => kind === "primary key")?.columns ?? [];
  return key.flatMap((name) => table.columns.find((column) => column.name === name) ?? []);
}

export function isNumeric({ type }: Column): boolean {
  return ["integer", "decimal", "float", "money"].includes(type.family);
}

export function isTime({ type }: Column): boolean {
  return ["date", "timestamp", "time"].includes(type.family);
}

/** A key or a reference: a number that is no quantity. */
export function isKeyLike(table: Table, column: Column): boolean {
  const inKey = table.constraints.some(
    ({ kind, columns }) => (kind === "primary key" || kind === "foreign key") && columns.includes(column.name),
  );
  return inKey || /(?:^|_)id$/i.test(column.name) || /[a-z]Id$/.test(column.name);
}
