import type { SourceRef } from "../../../source.ts";
import type { Applier } from "./applier.ts";
import type { DraftColumn, DraftTable } from "./draft.ts";
import { parseName, tokensOf } from "./parse-name.ts";

/**
 * `SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.OrdersHistory)`: SQL Server makes the history table when it is not there,
 * with the same columns, no keys and a clustered index over the period.
 */
export function setSystemVersioning(applier: Applier, table: DraftTable, value: string, at: SourceRef): void {
  const tokens = tokensOf(value);
  if (tokens[0]?.key === "OFF") {
    table.options.delete("system_versioning");
    return;
  }
  const named = tokens.findIndex((token) => token.key === "HISTORY_TABLE");
  const after = tokens[named + 2];
  const name = named >= 0 && after ? parseName(value.slice(after.start)) : null;
  // Without a name the server makes one from the table's object_id, which no file can know.
  table.options.set("system_versioning", name ? `${name.schema ?? applier.draft.defaultSchema}.${name.name}` : "on");
  if (name && !applier.draft.find(name))
    makeHistory(applier, table, { schema: applier.draft.schemaName(name), name: name.name }, at);
}

function makeHistory(
  applier: Applier,
  table: DraftTable,
  name: { readonly schema: string; readonly name: string },
  at: SourceRef,
): void {
  const { draft } = applier;
  const columns = table.columns.map((column): DraftColumn => ({
    kind: "column",
    number: draft.number(),
    name: column.name,
    type: column.type,
    ...(column.ownType ? { ownType: column.ownType } : {}),
    nullable: column.nullable,
    ...(column.collation === undefined ? {} : { collation: column.collation }),
    marks: new Map(),
    origin: { created: at },
  }));
  const period = (table.options.get("period_for_system_time") ?? "").split(", ");
  const keys = period.toReversed().flatMap((part) => {
    const column = columns.find((one) => one.name.toLowerCase() === part.toLowerCase());
    return column ? [{ column, descending: false }] : [];
  });
  const history: DraftTable = {
    kind: "table",
    number: draft.number(),
    ...name,
    origin: { created: at },
    columns,
    constraints: [],
    indexes: [],
    triggers: [],
    options: new Map([["history_of", `${table.schema}.${table.name}`]]),
  };
  if (keys.length > 0) {
    draft.addIndex(history, {
      kind: "index",
      number: draft.number(),
      name: `ix_${name.name}`,
      method: "btree",
      unique: false,
      clustered: true,
      keys,
      include: [],
      valid: true,
      origin: { created: at },
    });
  }
  draft.useSchema(name.schema, at);
  draft.add(history);
}
