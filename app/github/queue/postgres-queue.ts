import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import { ProblemError } from "#schemas/problem.ts";
import { jobSchema, type Job } from "../job.ts";
import type { Task } from "../journal.ts";
import { failureOf, heldTasks, LOST, triedFor, watched } from "./held-tasks.ts";
import * as sql from "./postgres-tables.ts";
import {
  LEASE_MS,
  MOST_WAITING,
  REMEMBERED_MS,
  repositoryOf,
  RETRY_MS,
  subjectOf,
  SUPERSEDED,
  tasksOf,
  type Accepted,
  type Queue,
  type QueueOptions,
  type TaskEnd,
} from "./queue.ts";

/** How often a process looks for work that another one took in, and says that its own goes on. */
const LOOK_MS = 1000;
const FORGET_EACH_MS = 3600_000;

const taken = z.array(z.object({ id: z.string(), job: jobSchema, attempts: z.int() }));
const leases = z.array(z.object({ id: z.string(), is_replaced: z.boolean() }));
const replacedRows = z.array(z.object({ id: z.string(), job: jobSchema }));

/**
 * The queue in a PostgreSQL that several servers share: rows that each takes with a lease, so that the work of a process
 * that ends is another's. Throws a `ProblemError` when the database cannot be reached.
 */
export async function openPostgresQueue(url: string, options: QueueOptions): Promise<Queue> {
  const { run, onEnd, log, concurrency = 1, mostWaiting = MOST_WAITING, retryMs = RETRY_MS } = options;
  const { leaseMs = LEASE_MS } = options;
  const pool = await openPool(url);
  // A session that ends while nothing uses it is replaced by the next one.
  pool.on("error", (error) => log.warn("A session of the queue ended.", { reason: error.message }));
  const worker = randomUUID();
  const held = heldTasks();
  const state = { isClosed: false, waiting: 0, forgot: 0 };
  let looking: Promise<void> | null = null;
  let looksAgain = false;

  async function accept(delivery: string, jobs: readonly Job[]): Promise<Accepted> {
    const replaced: Task[] = [];
    const result = await transaction(pool, async (client): Promise<Accepted> => {
      // The database's own default may be to answer before a commit is on the disk.
      await client.query("SET LOCAL synchronous_commit = on");
      if ((await client.query(sql.ACCEPT_DELIVERY, [delivery])).rowCount === 0) return "duplicate";
      state.waiting = await countWaiting(client, mostWaiting);
      if (state.waiting >= mostWaiting) return "full";
      for (const { id, job } of tasksOf(delivery, jobs)) {
        const [repository, subject] = [repositoryOf(job), subjectOf(job)];
        if (subject !== null) {
          replaced.push(...replacedRows.parse((await client.query(sql.REPLACE_WAITING, [repository, subject])).rows));
          await client.query(sql.REPLACE_RUNNING, [repository, subject]);
        }
        await client.query(sql.ADD_TASK, [id, repository, job.installation, subject, job]);
      }
      return "accepted";
    });
    if (result === "accepted") {
      for (const task of replaced) onEnd(task, "superseded");
      void look();
    }
    return result;
  }

  /** Takes what may be begun. One look at a time; whoever asks meanwhile gets one more. */
  function look(): Promise<void> {
    looksAgain = true;
    looking ??= (async () => {
      while (looksAgain && !state.isClosed) {
        looksAgain = false;
        await lookWatched();
      }
      looking = null;
    })();
    return looking;
  }

  const lookWatched = watched(lookOnce, log);

  async function lookOnce(): Promise<void> {
    await renew();
    await pool.query(sql.RELEASE_LOST);
    while (!state.isClosed && held.size() < concurrency) {
      const next = await take();
      if (next === null) break;
      held
        .hold(next, (signal) => perform(next, signal))
        .catch((error: unknown) =>
          log.error("The end of a job could not be written.", { job: next.id, reason: String(error) }),
        )
        .finally(() => void look());
    }
    state.waiting = await countWaiting(pool, mostWaiting);
    if (Date.now() - state.forgot > FORGET_EACH_MS) {
      state.forgot = Date.now();
      await pool.query(sql.FORGET_DELIVERIES, [REMEMBERED_MS]);
    }
  }

  async function renew(): Promise<void> {
    const ids = held.ids();
    if (ids.length === 0) return;
    const mine = leases.parse((await pool.query(sql.EXTEND_LEASES, [ids, worker, leaseMs])).rows);
    for (const { id, is_replaced: isReplaced } of mine) if (isReplaced) held.replace(id);
    // One that ended meanwhile is held no more, and one that was taken meanwhile was not asked for.
    for (const id of ids) if (!mine.some((one) => one.id === id)) held.lose(id);
  }

  async function take(): Promise<(Task & { readonly attempts: number }) | null> {
    try {
      return taken.parse((await pool.query(sql.TAKE_TASK, [worker, leaseMs])).rows)[0] ?? null;
    } catch (error) {
      // Another server has taken a task of the same repository in this moment.
      if (codeOf(error) === UNIQUE_VIOLATION) {
        looksAgain = true;
        return null;
      }
      throw error;
    }
  }

  async function perform(task: Task & { readonly attempts: number }, signal: AbortSignal): Promise<void> {
    const mine = [task.id, worker];
    const end = async (how: TaskEnd, error?: unknown): Promise<void> => {
      const { rowCount } = await insist(() => pool.query(sql.END_TASK, mine));
      if (rowCount === 1) onEnd(task, how, error);
    };
    const failure = await failureOf(run(task, signal));
    if (failure === null) return await end("done");
    if (signal.aborted && signal.reason === LOST) return;
    if (signal.aborted && signal.reason === SUPERSEDED) return await end("superseded");
    // What the end of the server cut short is begun again by the next one.
    if (state.isClosed) return void (await pool.query(sql.GIVE_BACK, mine));
    const pause = retryMs[task.attempts];
    if (pause === undefined) return await end("given up", failure.error);
    const { rowCount } = await insist(() => pool.query(sql.REST_TASK, [...mine, pause]));
    if (rowCount === 0) await end("superseded");
    else setTimeout(() => void look(), pause).unref();
  }

  /** The end of a task must be written, else it is done again: as long as the lease lasts and the database is away. */
  const insist = <T>(write: () => Promise<T>): Promise<T> => triedFor(leaseMs, write);

  /** What runs while the server is stopped is still this process's. */
  const renewed = watched(renew, log);

  const clock = setInterval(() => void (state.isClosed ? renewed() : look()), Math.min(LOOK_MS, leaseMs / 3));
  await look();
  return {
    accept,
    isFull: () => state.waiting >= mostWaiting,
    waiting: () => state.waiting,
    async note(name) {
      const { rows } = await pool.query("SELECT value FROM querygenie_queue.notes WHERE name = $1", [name]);
      return z.array(z.object({ value: z.string() })).parse(rows)[0]?.value ?? null;
    },
    async setNote(name, value) {
      if (value === null) await pool.query("DELETE FROM querygenie_queue.notes WHERE name = $1", [name]);
      else
        await pool.query(
          "INSERT INTO querygenie_queue.notes VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          [name, value],
        );
    },
    async close(graceMs) {
      state.isClosed = true;
      await looking;
      await held.close(graceMs);
      clearInterval(clock);
      await pool.end();
    },
  };
}

const UNIQUE_VIOLATION = "23505";
/** Sessions of a server: deliveries come fifty at a time, and each needs one for some milliseconds. */
const MOST_SESSIONS = 8;
const CONNECT_MS = 10_000;

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

async function openPool(url: string): Promise<Pool> {
  const { Pool: PgPool } = await import("pg").then((module) => module.default);
  const pool = new PgPool({ connectionString: url, max: MOST_SESSIONS, connectionTimeoutMillis: CONNECT_MS });
  try {
    await transaction(pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock($1)", [sql.TABLES_LOCK]);
      await client.query(sql.CREATE_TABLES);
    });
    return pool;
  } catch (error) {
    await pool.end();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the queue's tables cannot be made in the database of DATABASE_URL: ${reason}`;
    const help = "Check the address, and that its user may create a schema. Without DATABASE_URL the queue is a file.";
    throw new ProblemError([{ code: "QG606", severity: "error", message, help }], 3, error);
  }
}

/** Commits what the work did, but for a duplicate's or a full queue's delivery, which must not be known. */
async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query(result === "full" ? "ROLLBACK" : "COMMIT");
    client.release();
    return result;
  } catch (error) {
    // The session is in no known state: it is closed, and what it did with it.
    client.release(true);
    throw error;
  }
}

async function countWaiting(client: Pick<Pool, "query">, most: number): Promise<number> {
  const { rows } = await client.query(sql.COUNT_WAITING, [most]);
  return z.array(z.object({ waiting: z.int() })).parse(rows)[0]?.waiting ?? 0;
}
