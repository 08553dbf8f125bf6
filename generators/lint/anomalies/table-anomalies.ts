import { keysOf } from "#schemas/keys.ts";
import type { Table } from "#schemas/model.ts";
import { ownTables, primaryKeyOf } from "../../review/own-columns.ts";
import type { Anomaly } from "./anomaly.ts";

/** A table that nothing but a full read can search. */
export const tableWithoutIndex: Anomaly = {
  severity: "info",
  check: ({ index }) =>
    ownTables(index.model)
      .filter((table) => table.indexes.length === 0 && keysOf(table).length === 0)
      .map((about) => ({
        message: `${about.id} has no index: every lookup reads all of it`,
        help: "Add a primary key, or an index on what it is searched by",
        about,
      })),
};

/** One column and nobody that refers to it: a list of values is referred to. */
export const singleColumnTable: Anomaly = {
  severity: "info",
  check: ({ index }) =>
    ownTables(index.model)
      .filter(({ columns, id }) => columns.length === 1 && index.referencesTo(id).length === 0)
      .map((about) => ({
        message: `${about.id} has one column, and no table refers to it`,
        help: "Refer to it, merge it into the table it belongs to, or drop it",
        about,
      })),
};

export const allColumnsNullable: Anomaly = {
  severity: "info",
  check: ({ index }) =>
    ownTables(index.model)
      .filter((table) => {
        const data = dataColumns(table);
        return data.length > 1 && data.every(({ nullable }) => nullable);
      })
      .map((about) => ({
        message: `${about.id} accepts a row with nothing in it: every column outside its key is optional`,
        help: "Make the columns NOT NULL that a row makes no sense without",
        about,
      })),
};

function dataColumns(table: Table): Table["columns"] {
  const key = primaryKeyOf(table)?.columns ?? [];
  return table.columns.filter(({ name, generated }) => !key.includes(name) && generated === undefined);
}

export const primaryKeyNotFirst: Anomaly = {
  severity: "info",
  check: ({ index }) =>
    ownTables(index.model).flatMap((table) => {
      const key = primaryKeyOf(table);
      const first = table.columns.slice(0, key?.columns.length ?? 0).map(({ name }) => name);
      if (!key || key.columns.every((name) => first.includes(name))) return [];
      return [
        {
          message: `the primary key of ${table.id} (${key.columns.join(", ")}) does not come first`,
          help: "Readers look for the key there. It costs nothing but a look; reorder when the table is made anew",
          about: table,
          also: [key.id],
        },
      ];
    }),
};

/** Binary values in one row from which on reading any of it drags them along. */
const LARGE_COLUMNS = 2;

export const largeColumns: Anomaly = {
  severity: "info",
  check: ({ index }) =>
    ownTables(index.model).flatMap((table) => {
      const large = table.columns.filter(({ type }) => type.family === "binary");
      if (large.length < LARGE_COLUMNS) return [];
      return [
        {
          message: `${table.id} keeps ${large.length} binary values in each row: ${large.map(({ name }) => name).join(", ")}`,
          help: "Keep files in a table of their own, or in a store for files",
          about: table,
          also: large.map(({ id }) => id),
        },
      ];
    }),
};

export const emptyTable: Anomaly = {
  severity: "info",
  check({ index, statistics }) {
    if (!statistics) return [];
    return ownTables(index.model)
      .filter(({ id }) => Object.hasOwn(statistics.relations, id) && statistics.relations[id]?.rows === 0)
      .map((about) => ({
        message: `${about.id} has no row on ${statistics.connection}`,
        help: "Drop it when nothing will write to it",
        about,
      }));
  },
};
