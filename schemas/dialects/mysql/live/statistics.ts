import type { IndexStatistics, RelationStatistics } from "../../../json/statistics.ts";
import { objectId } from "../../../object-id.ts";
import type { LiveStatistics } from "../../live-reader.ts";
import { isOwn } from "./lists.ts";
import type { MysqlSession, Row } from "./session.ts";

/** Sizes of tables and how many distinct keys their indexes have, in one request. Nothing of it is a value. */
export async function readStatistics(session: MysqlSession): Promise<LiveStatistics> {
  const [tables = [], keys = []] = await session.rows([TABLES, KEYS]);
  const indexes = Map.groupBy(keys, (row) => objectId(text(row, "db"), text(row, "tbl")));
  const relations: Record<string, RelationStatistics> = {};
  for (const row of tables) {
    const id = objectId(text(row, "db"), text(row, "name"));
    const own = indexes.get(id) ?? [];
    relations[id] = {
      rows: number(row, "estimate"),
      bytes: number(row, "bytes"),
      ...(own.length === 0 ? {} : { indexes: indexStatistics(own) }),
    };
  }
  return { statistics: { relations }, problems: [] };
}

function indexStatistics(rows: readonly Row[]): Readonly<Record<string, IndexStatistics>> {
  const byName = Map.groupBy(rows, (row) => text(row, "name"));
  return Object.fromEntries(
    [...byName].map(([name, parts]) => {
      const distinct = parts.flatMap((row) => (row["distinct_keys"] === null ? [] : [number(row, "distinct_keys")]));
      const method = text(parts[0] ?? {}, "method").toLowerCase();
      return [name, { method, ...(distinct.length === 0 ? {} : { distinct }) }];
    }),
  );
}

const TABLES = `select table_schema as db, table_name as name, table_rows as estimate, data_length + index_length as bytes
  from information_schema.tables where ${isOwn("table_schema")} and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by table_schema, table_name`;
const KEYS = `select table_schema as db, table_name as tbl, index_name as name, index_type as method, cardinality as distinct_keys
  from information_schema.statistics where ${isOwn("table_schema")} order by table_schema, table_name, index_name, seq_in_index`;

const number = (row: Row, field: string): number => Math.max(0, Number(row[field] ?? 0));

function text(row: Row, field: string): string {
  const value = row[field];
  return typeof value === "string" ? value : "";
}
