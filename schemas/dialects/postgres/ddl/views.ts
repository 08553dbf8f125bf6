import type { View } from "../../../model.ts";
import type { Step } from "../../in-order.ts";
import { mentioned, path, quoteList } from "./text.ts";
import { storage } from "./tables.ts";
import type { Names } from "./write-postgres.ts";

export function viewStep(view: View, names: Names): Step {
  const { id, materialized, definition, dependsOn, columns, options, populated } = view;
  const query = definition.trim().replace(/;$/, "");
  const data = materialized && populated === false ? " WITH NO DATA" : "";
  const list = columns.length > 0 ? ` (${quoteList(columns.map(({ name }) => name))})` : "";
  const sql = `CREATE ${materialized ? "MATERIALIZED " : ""}VIEW ${path(view)}${list}${storage(options)} AS\n${query}${data}`;
  const named = columns.flatMap(({ type }) => (type.typeId === undefined ? [] : [type.typeId]));
  const needs = [...dependsOn, ...named, ...mentioned(query).flatMap((name) => names.get(name) ?? [])];
  const defaults = columns.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [`ALTER VIEW ${path(view)} ALTER COLUMN ${quoteList([name])} SET DEFAULT ${value}`],
  );
  return { id, needs: needs.filter((need) => need !== id), statements: [sql, ...defaults] };
}
