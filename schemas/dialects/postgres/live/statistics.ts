import { z } from "zod";
import type { ColumnStatistics, IndexStatistics, RelationStatistics } from "../../../json/statistics.ts";
import { objectId } from "../../../object-id.ts";
import type { Problem } from "../../../problem.ts";
import type { LiveStatistics, StatisticsOptions } from "../../live-reader.ts";
import { readRoutineErrors } from "./routine-errors.ts";
import type { PostgresSession } from "./session.ts";

/** What the planner of a running server knows, in one round trip. Values stay at the server unless hashes are wanted. */
export async function readStatistics(session: PostgresSession, { hash }: StatisticsOptions): Promise<LiveStatistics> {
  const [row] = await session.rows([statisticsQuery(hash !== undefined)]);
  const found = answer.parse(JSON.parse(String(row?.["statistics"])));
  const indexes = Map.groupBy(found.indexes, ({ rel }) => rel);
  const columns = Map.groupBy(found.columns, ({ schema, table }) => objectId(schema, table));
  const relations: Record<string, RelationStatistics> = {};
  const unknown: string[] = [];
  for (const { oid, schema, name, rows, bytes, pages, visible, columnCount } of found.relations) {
    const id = objectId(schema, name);
    if (rows === null) {
      unknown.push(id);
      continue;
    }
    const own = columns.get(id) ?? [];
    if (own.length < columnCount && rows > 0) unknown.push(id);
    relations[id] = {
      rows,
      bytes,
      pages,
      visiblePages: visible,
      ...filled("columns", own, (column) => [column.name, columnOf(column, hash)]),
      ...filled("indexes", indexes.get(oid) ?? [], (index) => [index.name, indexOf(index)]),
    };
  }
  const routines = await readRoutineErrors(session);
  return {
    statistics: { planner: found.planner, relations, ...(routines ? { routines } : {}) },
    problems: unknown.length === 0 ? [] : [notKnown(unknown)],
  };
}

const number = z.number().nullable();
const answer = z.object({
  planner: z.record(z.string(), z.string()),
  relations: z.array(
    z.object({
      oid: z.number(),
      schema: z.string(),
      name: z.string(),
      rows: number,
      bytes: z.number(),
      pages: z.number(),
      visible: z.number(),
      columnCount: z.number(),
    }),
  ),
  indexes: z.array(
    z.object({
      rel: z.number(),
      name: z.string(),
      method: z.string(),
      rows: number,
      pages: z.number(),
      bytes: z.number(),
      scans: number,
    }),
  ),
  columns: z.array(
    z.object({
      schema: z.string(),
      table: z.string(),
      name: z.string(),
      nulls: z.number(),
      width: z.number(),
      distinct: z.number(),
      correlation: number,
      frequencies: z.array(z.number()).nullable(),
      buckets: number,
      values: z.array(z.string().nullable()).nullable(),
    }),
  ),
});
type ColumnRow = z.output<typeof answer>["columns"][number];
type IndexRow = z.output<typeof answer>["indexes"][number];

function columnOf(row: ColumnRow, hash: StatisticsOptions["hash"]): ColumnStatistics {
  return {
    nullFraction: row.nulls,
    averageWidth: row.width,
    distinct: row.distinct,
    ...(row.correlation === null ? {} : { correlation: row.correlation }),
    ...(row.frequencies === null ? {} : { commonFrequencies: row.frequencies }),
    ...(row.values === null || hash === undefined
      ? {}
      : { commonHashes: row.values.map((value) => hash(value ?? "")) }),
    ...(row.buckets === null ? {} : { histogramBuckets: Math.max(0, row.buckets - 1) }),
  };
}

function indexOf({ method, rows, pages, bytes, scans }: IndexRow): IndexStatistics {
  return {
    method,
    ...(rows === null || rows < 0 ? {} : { rows }),
    pages,
    bytes,
    ...(scans === null ? {} : { scans }),
  };
}

function filled<Row, Value>(
  field: string,
  rows: readonly Row[],
  entry: (row: Row) => readonly [string, Value],
): Readonly<Record<string, Readonly<Record<string, Value>>>> {
  return rows.length === 0 ? {} : { [field]: Object.fromEntries(rows.map(entry)) };
}

function notKnown(ids: readonly string[]): Problem {
  const shown = ids.slice(0, SHOWN).join(", ");
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : "";
  return {
    code: "QG711",
    severity: "warning",
    message: `the server has no statistics, or none this user may see, of ${shown}${more}`,
    help: "ANALYZE makes them. Statistics of columns are shown to those who may read the columns: pg_read_all_stats does not suffice.",
  };
}
const SHOWN = 5;

/** Settings that decide between plans; limits and what only one session sets are left out. */
const PLANNER = [
  "cpu_index_tuple_cost",
  "cpu_operator_cost",
  "cpu_tuple_cost",
  "default_statistics_target",
  "effective_cache_size",
  "effective_io_concurrency",
  "from_collapse_limit",
  "hash_mem_multiplier",
  "jit",
  "join_collapse_limit",
  "max_parallel_workers_per_gather",
  "min_parallel_index_scan_size",
  "min_parallel_table_scan_size",
  "parallel_setup_cost",
  "parallel_tuple_cost",
  "random_page_cost",
  "seq_page_cost",
  "work_mem",
];

/** A partitioned table has no pages of its own (-1). A table that was never analysed has -1 rows since 14, and 0 rows on 0 pages before. */
function statisticsQuery(withValues: boolean): string {
  return `
with rel as materialized (
  select c.oid, n.nspname, c.relname, c.relkind, c.relpages, c.relallvisible, c.reltuples,
         case when c.relkind = 'p' then (select sum(greatest(l.reltuples, 0))::float8 from pg_partition_tree(c.oid) t
                join pg_class l on l.oid = t.relid where t.isleaf)
              when c.reltuples < 0 or (c.reltuples = 0 and c.relpages = 0 and pg_relation_size(c.oid) > 0) then null
              else c.reltuples end as row_count
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
)
select json_build_object(
'planner', (select coalesce(json_object_agg(s.name, s.setting || coalesce(s.unit, '') order by s.name), '{}') from pg_settings s
    where s.name in (${PLANNER.map((name) => `'${name}'`).join(", ")})),
'relations', (select coalesce(json_agg(json_build_object('oid', r.oid::int8, 'schema', r.nspname, 'name', r.relname,
    'rows', r.row_count, 'bytes', case when r.relkind = 'p' then (select coalesce(sum(pg_total_relation_size(t.relid)), 0)
       from pg_partition_tree(r.oid) t where t.isleaf) else pg_total_relation_size(r.oid) end,
    'pages', greatest(r.relpages, 0), 'visible', greatest(r.relallvisible, 0),
    'columnCount', (select count(*) from pg_attribute a where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped)
    ) order by r.nspname, r.relname), '[]') from rel r),
'indexes', (select coalesce(json_agg(json_build_object('rel', i.indrelid::int8, 'name', ic.relname, 'method', am.amname,
    'rows', ic.reltuples, 'pages', greatest(ic.relpages, 0), 'bytes', pg_relation_size(ic.oid), 'scans', u.idx_scan) order by i.indrelid, ic.relname), '[]')
    from rel r join pg_index i on i.indrelid = r.oid join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam
    left join pg_stat_user_indexes u on u.indexrelid = i.indexrelid),
'columns', (select coalesce(json_agg(json_build_object('schema', s.schemaname, 'table', s.tablename, 'name', s.attname, 'nulls', s.null_frac,
    'width', s.avg_width, 'distinct', s.n_distinct, 'correlation', s.correlation, 'frequencies', to_json(s.most_common_freqs),
    'buckets', array_length(s.histogram_bounds::text::text[], 1),
    'values', ${withValues ? "to_json(s.most_common_vals::text::text[])" : "null"}) order by s.schemaname, s.tablename, s.attname), '[]')
    from pg_stats s join rel r on r.nspname = s.schemaname and r.relname = s.tablename where s.inherited = (r.relkind = 'p'))
)::text as statistics`;
}
