import { EngineError } from "#schemas/ports.ts";
import type { EmbeddedEngine } from "#schemas/replay/pglite-engine.ts";
import { HARNESS_SCHEMA } from "#schemas/replay/harness.ts";
import type { FileSize } from "#schemas/replay/protocol.ts";
import type { PlanSizes } from "./query-plan.ts";
import type { PlanScale, ScaledColumn, ScaledIndex, ScaledRelation } from "./plan-scale.ts";

/** An engine whose planner believes in sizes that its tables do not have. Nothing but plans may be asked of it. */
export interface ScaledEngine {
  readonly engine: EmbeddedEngine;
  readonly sizes: PlanSizes;
  /** Tells the planner about relations anew, after an index was made or taken back. */
  rescale(relations: readonly ScaledRelation[]): Promise<void>;
  /** Lets a table be empty again, so that an index on it is built in no time. */
  empty(relation: Pick<ScaledRelation, "schema" | "name">): Promise<void>;
}

/** Whether an engine's memory can be used, known after the first try on it. */
const isTrusted = new WeakMap<EmbeddedEngine, boolean>();

/**
 * Runs `use` while the planner believes in a scale; the engine's sizes are as before afterwards. First tried on a table
 * of its own: when the engine's memory is not as expected, rows are put on one page instead and `sizes` says `density`.
 */
export async function withScale<T>(
  engine: EmbeddedEngine,
  scale: PlanScale,
  use: (scaled: ScaledEngine) => Promise<T>,
): Promise<T> {
  const trusted = isTrusted.get(engine) ?? (await selfTest(engine));
  isTrusted.set(engine, trusted);
  const rescale = (relations: readonly ScaledRelation[]): Promise<void> =>
    trusted ? inflated(engine, relations) : dense(engine, relations);
  // A reader of the catalog leaves a search path of its own.
  await engine.exec("reset all; set jit = off");
  // Whoever empties an engine takes the helper away again.
  if (trusted) await engine.exec(HELPER);
  await rescale(scale.relations);
  try {
    return await use({
      engine,
      sizes: trusted ? scale.source : "density",
      rescale,
      empty: async (relation) => {
        if (!trusted) return;
        const files = await filesOf(engine, [{ ...relation, indexes: [] }]);
        await engine.inflate(files.map(({ path }) => ({ path, pages: 0 })));
        await clearStatistics(engine, [{ ...relation, indexes: [] }]);
      },
    });
  } finally {
    if (trusted) {
      await engine.deflate();
      await clearStatistics(engine, scale.relations);
      await forget(engine);
    }
  }
}

/**
 * Forgets statistics. That also closes the files of the relations, outside a transaction at once: a relation of several
 * segments is measured by the last one that is open.
 */
async function clearStatistics(
  engine: EmbeddedEngine,
  relations: readonly Pick<ScaledRelation, "schema" | "name" | "indexes">[],
): Promise<void> {
  const names = relations.flatMap(({ schema, name, indexes }) =>
    [name, ...indexes.map((index) => index.name)].map((each) => `${literal(schema)}, ${literal(each)}`),
  );
  await engine.each(names.map((list) => `select pg_catalog.pg_clear_relation_stats(${list})`));
}

async function inflated(engine: EmbeddedEngine, relations: readonly ScaledRelation[]): Promise<void> {
  await restoreStatistics(engine, relations, (pages) => pages);
  // Pages that are still to be written would be written into the made-up files.
  await engine.exec("checkpoint; set ignore_checksum_failure = on");
  const files = await filesOf(engine, relations);
  const sizes = new Map<string, Omit<FileSize, "path">>(
    relations.flatMap(({ schema, name, pages, indexes }) => [
      [JSON.stringify([schema, name]), { pages }] as const,
      ...indexes.map((index) => [JSON.stringify([schema, index.name]), indexFile(index)] as const),
    ]),
  );
  await engine.inflate(
    files.flatMap(({ path, key }): FileSize[] => {
      const size = sizes.get(key);
      return size ? [{ path, ...size }] : [];
    }),
  );
  await forget(engine);
}

const indexFile = ({ pages, level }: ScaledIndex): Omit<FileSize, "path"> =>
  level === undefined ? { pages } : { pages: Math.max(pages, level + 2), level };

/** Drops what the buffers hold of user relations, so that the files are read as they now are. */
async function forget(engine: EmbeddedEngine): Promise<void> {
  await engine.exec(
    `select count(${HARNESS_SCHEMA}.pg_buffercache_evict_relation(c.oid)) from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'i' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
}

/** Where nothing but SQL works: each table gets one page, and all rows are said to lie on it. */
async function dense(engine: EmbeddedEngine, relations: readonly ScaledRelation[]): Promise<void> {
  await engine.exec(ONE_PAGE);
  await restoreStatistics(engine, relations, () => 1);
}

/**
 * A row that is taken back leaves its page. Constraints would refuse a row of NULLs, so they are dropped in the
 * transaction that is rolled back.
 */
const ONE_PAGE = `do $one$
declare one record; part record;
begin
  set local session_replication_role = replica;
  for one in select c.oid::regclass as name, c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '${HARNESS_SCHEMA}')
              and pg_catalog.pg_relation_size(c.oid) = 0
  loop
    begin
      for part in select conname from pg_catalog.pg_constraint where conrelid = one.oid and conislocal order by contype = 'n' loop
        execute format('alter table %s drop constraint if exists %I cascade', one.name, part.conname);
      end loop;
      execute format('insert into %s default values', one.name);
      raise exception 'back';
    exception when others then null;
    end;
  end loop;
end $one$`;

async function restoreStatistics(
  engine: EmbeddedEngine,
  relations: readonly ScaledRelation[],
  pagesOf: (pages: number) => number,
): Promise<void> {
  const statements = relations.flatMap(({ schema, name, rows, pages, visiblePages, columns, indexes }) => [
    relationSql({ schema, name, rows, pages: pagesOf(pages), visible: pagesOf(visiblePages) }),
    ...indexes.map((index) =>
      relationSql({ schema, name: index.name, rows: index.rows, pages: pagesOf(index.pages), visible: 0 }),
    ),
    ...columns.map((column) => columnSql(schema, name, column)),
  ]);
  const answers = await engine.each(statements);
  const failed = answers.find(({ error }) => error && error.sqlstate !== UNDEFINED_TABLE)?.error;
  if (failed) throw new EngineError("sql", `Statistics could not be set: ${failed.message}`);
}

const UNDEFINED_TABLE = "42P01";

interface RelationFacts {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  readonly pages: number;
  readonly visible: number;
}

const relationSql = ({ schema, name, rows, pages, visible }: RelationFacts): string =>
  `select pg_catalog.pg_restore_relation_stats('schemaname', ${literal(schema)}, 'relname', ${literal(name)}, 'relpages', ${pages}::int,
    'reltuples', ${rows}::real, 'relallvisible', ${Math.min(visible, pages)}::int, 'relallfrozen', 0)`;

function columnSql(schema: string, table: string, column: ScaledColumn): string {
  const { name, nullFraction, averageWidth, distinct, correlation } = column;
  const facts = [
    `'null_frac', ${nullFraction}::real`,
    `'avg_width', ${averageWidth}`,
    ...(distinct === undefined ? [] : [`'n_distinct', ${distinct}::real`]),
    ...(correlation === undefined ? [] : [`'correlation', ${correlation}::real`]),
  ];
  return `select pg_catalog.pg_restore_attribute_stats('schemaname', ${literal(schema)}, 'relname', ${literal(table)},
    'attname', ${literal(name)}, 'inherited', false, ${facts.join(", ")})`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

interface RelationFile {
  readonly key: string;
  readonly path: string;
}

async function filesOf(
  engine: EmbeddedEngine,
  relations: readonly Pick<ScaledRelation, "schema" | "name" | "indexes">[],
): Promise<readonly RelationFile[]> {
  const wanted = new Set(
    relations.flatMap(({ schema, name, indexes }) => [
      JSON.stringify([schema, name]),
      ...indexes.map((index) => JSON.stringify([schema, index.name])),
    ]),
  );
  const { rows } = await engine.query(
    `select n.nspname::text as schema, c.relname::text as name, pg_catalog.pg_relation_filepath(c.oid) as path
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm', 'i') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  return rows.flatMap((row) => {
    const key = JSON.stringify([row["schema"], row["name"]]);
    return wanted.has(key) && typeof row["path"] === "string" ? [{ key, path: row["path"] }] : [];
  });
}

/** Lets buffers be forgotten. */
const HELPER = `create extension if not exists pg_buffercache schema ${HARNESS_SCHEMA}`;

const TEST_PAGES = 4000;
const TEST_ROWS = 250_000;

/**
 * Whether sizes can be given through the engine's memory: a table and its index of known size must cost what the
 * planner's arithmetic says they cost, and the engine must live on.
 */
async function selfTest(engine: EmbeddedEngine): Promise<boolean> {
  const name = "_size_test";
  const test: ScaledRelation = {
    schema: HARNESS_SCHEMA,
    name,
    rows: TEST_ROWS,
    pages: TEST_PAGES,
    visiblePages: 0,
    columns: [{ name: "id", nullFraction: 0, averageWidth: 8, distinct: -1 }],
    indexes: [{ name: `${name}_id`, rows: TEST_ROWS, pages: 700, level: 2 }],
  };
  try {
    await engine.exec(
      `${HELPER};
       create table ${HARNESS_SCHEMA}.${name} (id bigint not null);
       create unique index ${name}_id on ${HARNESS_SCHEMA}.${name} (id)`,
    );
    await inflated(engine, [test]);
    const [scan, lookUp] = await engine.each([
      `explain (format json) select * from ${HARNESS_SCHEMA}.${name}`,
      `explain (format json) select * from ${HARNESS_SCHEMA}.${name} where id = 5`,
    ]);
    await engine.deflate();
    await clearStatistics(engine, [test]);
    await forget(engine);
    // seq_page_cost 1 a page, cpu_tuple_cost 0.01 a row.
    const cost = TEST_PAGES + TEST_ROWS * 0.01;
    const isSized = scan?.rows[0]?.[0]?.includes(`"Total Cost": ${cost.toFixed(2)}`) === true;
    const isIndexed = lookUp?.rows[0]?.[0]?.includes('"Index Name"') === true;
    await engine.exec(`drop table ${HARNESS_SCHEMA}.${name}`);
    return isSized && isIndexed;
  } catch (error) {
    if (error instanceof EngineError && error.code !== "sql" && error.code !== "crashed") throw error;
    if (error instanceof EngineError && error.code === "crashed") {
      // The host reports an unexpected file system as a crash of the request, and lives on.
      await engine.exec("select 1");
    }
    return false;
  }
}
