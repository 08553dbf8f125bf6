import { z } from "zod";
import type { RelationStatistics } from "../../../json/statistics.ts";
import { objectId } from "../../../object-id.ts";
import type { LiveStatistics } from "../../live-reader.ts";
import type { MssqlSession } from "./session.ts";

/** Rows and pages of tables and their indexes, in one batch. Nothing of it is a value. */
export async function readStatistics(session: MssqlSession): Promise<LiveStatistics> {
  const [found] = await session.json([SIZES]);
  const rows = answer.parse(found ?? []);
  const relations: Record<string, RelationStatistics> = {};
  for (const [id, parts] of Map.groupBy(rows, ({ schema, table }) => objectId(schema, table))) {
    const heap = parts.find(({ index }) => index <= 1);
    const indexes = parts.filter(({ name }) => name !== null);
    relations[id] = {
      rows: heap?.rows ?? 0,
      bytes: parts.reduce((sum, { pages }) => sum + pages, 0) * PAGE,
      pages: heap?.pages ?? 0,
      ...(indexes.length === 0
        ? {}
        : {
            indexes: Object.fromEntries(
              indexes.map((part) => [part.name ?? "", { rows: part.rows, pages: part.pages }]),
            ),
          }),
    };
  }
  return { statistics: { relations }, problems: [] };
}

const PAGE = 8192;

const answer = z.array(
  z.object({
    schema: z.string(),
    table: z.string(),
    index: z.number(),
    name: z.string().nullable(),
    rows: z.number(),
    pages: z.number(),
  }),
);

/** sys.partitions and sys.allocation_units need no right on the server's state. */
export const SIZES = `select s.name as [schema], o.name as [table], i.index_id as [index], i.name,
    (select coalesce(sum(p.rows), 0) from sys.partitions p where p.object_id = i.object_id and p.index_id = i.index_id) as rows,
    (select coalesce(sum(a.used_pages), 0) from sys.partitions p join sys.allocation_units a on a.container_id = case when a.type = 2 then p.partition_id else p.hobt_id end
      where p.object_id = i.object_id and p.index_id = i.index_id) as pages
  from sys.tables o join sys.schemas s on s.schema_id = o.schema_id join sys.indexes i on i.object_id = o.object_id
  where o.is_ms_shipped = 0 order by s.name, o.name, i.index_id for json path, include_null_values`;
