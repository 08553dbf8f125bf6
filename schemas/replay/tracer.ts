import { lockModes, type LockMode, type Measurement } from "../finding.ts";
import { objectId, type ObjectId } from "../object-id.ts";
import type { EngineResult } from "../ports.ts";
import { HARNESS_SCHEMA } from "./harness.ts";
import type { EmbeddedEngine } from "./pglite-engine.ts";
import type { RunResult } from "./protocol.ts";

const USER_SCHEMA = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', '${HARNESS_SCHEMA}')`;

/** The file node changes when a table is rewritten; the scan count rises on empty tables too. */
const STATE = `select c.oid::int8::text as oid, n.nspname as schema, c.relname as name, c.relkind as kind,
    pg_catalog.pg_relation_filenode(c.oid)::text as filenode, pg_catalog.pg_stat_get_xact_numscans(c.oid)::int as scans
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where ${USER_SCHEMA} and c.relkind in ('r', 'm', 'p', 'v')`;

/** Without the catalog: a relation that the statement has dropped is locked until the end, and is not in it any more. */
const LOCKS = `select relation::int8::text as oid, mode from pg_catalog.pg_locks
 where locktype = 'relation' and pid = pg_catalog.pg_backend_pid()`;

interface RelationState {
  readonly id: ObjectId;
  readonly kind: string;
  readonly filenode: string;
  readonly scans: number;
}

/** Relations that are there now, by oid. Locks on others do not count: nobody can wait for them. */
export type Relations = ReadonlyMap<string, ObjectId>;

export interface Traced {
  readonly result: RunResult;
  /** Absent when the statement failed or ended the transaction: there is nothing to see then. */
  readonly measurement?: Measurement;
}

/** Measures statements. Each must run inside one open transaction: `pg_locks` forgets at its end. */
export interface Tracer {
  /** The relations that exist now; call it where the migration begins. */
  existing(): Promise<Relations>;
  /** Runs a statement and says which locks it took on `existing`, what it rewrote and what it read through. */
  trace(sql: string, existing: Relations): Promise<Traced>;
}

export function createTracer(engine: EmbeddedEngine): Tracer {
  async function state(): Promise<Map<string, RelationState>> {
    return relationStates(await engine.query(STATE));
  }
  async function locks(): Promise<readonly { oid: string; mode: string }[]> {
    const { rows } = await engine.query(LOCKS);
    return rows.map((row) => ({ oid: String(row["oid"]), mode: String(row["mode"]) }));
  }
  return {
    async existing() {
      return new Map([...(await state())].map(([oid, relation]) => [oid, relation.id]));
    },
    async trace(sql, existing) {
      const before = await state();
      const held = new Set((await locks()).map(({ oid, mode }) => oid + mode));
      const result = await engine.run(sql, { guarded: true });
      if (result.error !== undefined || result.state !== "open") return { result };
      const after = await state();
      const taken = (await locks()).filter(({ oid, mode }) => before.get(oid)?.kind !== "v" && !held.has(oid + mode));
      return { result, measurement: compare(before, after, taken, existing) };
    },
  };
}

function compare(
  before: ReadonlyMap<string, RelationState>,
  after: ReadonlyMap<string, RelationState>,
  taken: readonly { oid: string; mode: string }[],
  existing: Relations,
): Measurement {
  const rewrites: ObjectId[] = [];
  const scans: ObjectId[] = [];
  for (const [oid, now] of after) {
    const then = before.get(oid);
    const id = existing.get(oid);
    if (!then || id === undefined) continue;
    if (then.filenode !== now.filenode) rewrites.push(id);
    if (now.kind !== "v" && now.scans > then.scans) scans.push(id);
  }
  const locks = taken.flatMap(({ oid, mode }) => {
    const relation = existing.get(oid);
    return relation !== undefined && isLockMode(mode) ? [{ relation, mode }] : [];
  });
  return {
    how: "measured",
    locks: locks.sort(
      (a, b) => compareText(a.relation, b.relation) || lockModes.indexOf(a.mode) - lockModes.indexOf(b.mode),
    ),
    rewrites: rewrites.sort(compareText),
    scans: scans.sort(compareText),
    created: [...after].flatMap(([oid, { id }]) => (before.has(oid) ? [] : [id])).sort(compareText),
    dropped: [...before].flatMap(([oid, { id }]) => (after.has(oid) ? [] : [id])).sort(compareText),
  };
}

function relationStates(result: EngineResult): Map<string, RelationState> {
  return new Map(
    result.rows.map((row) => [
      String(row["oid"]),
      {
        id: objectId(String(row["schema"]), String(row["name"])),
        kind: String(row["kind"]),
        filenode: String(row["filenode"]),
        scans: Number(row["scans"]),
      },
    ]),
  );
}

const isLockMode = (mode: string): mode is LockMode => lockModes.some((known) => known === mode);

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
