import type { Queue as BullQueue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import { ProblemError } from "#schemas/problem.ts";
import type { Job } from "../job.ts";
import { taskSchema, type Task } from "../journal.ts";
import { failureOf, heldTasks, LOST, triedFor, watched } from "./held-tasks.ts";
import {
  LEASE_MS,
  MOST_WAITING,
  REMEMBERED_MS,
  repositoryOf,
  RETRY_MS,
  subjectOf,
  SUPERSEDED,
  tasksOf,
  type Queue,
  type QueueOptions,
  type TaskEnd,
} from "./queue.ts";
import { ACCEPT, BEGIN, END, LOOK, WAKE } from "./redis-scripts.ts";

/** One hash slot of a cluster for all keys, BullMQ's among them. */
const PREFIX = "{querygenie}";
const QUEUE_NAME = "turns";
const LOOK_MS = 1000;
/** A server that does not answer must not hold a delivery longer than GitHub waits. */
const COMMAND_MS = 5000;

const jsonTask = z.string().transform((text, context) => {
  const parsed = taskSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  context.addIssue("no task");
  return z.NEVER;
});
const acceptedAnswer = z.tuple([z.enum(["accepted", "duplicate", "full"]), z.array(jsonTask), z.array(z.string())]);
const begunAnswer = z.tuple([jsonTask, z.coerce.number()]).nullable();
const endAnswer = z.enum(["gone", "replaced", "mine"]);
const lookAnswer = z.tuple([z.coerce.number()], z.string());

/**
 * The queue in a Redis that several servers share. BullMQ gives repositories their turns, sees to it that one has one
 * at a time, and gives the turn of a process that ended to another. Throws a `ProblemError` when BullMQ is not
 * installed or Redis cannot be reached.
 */
export async function openRedisQueue(url: string, options: QueueOptions): Promise<Queue> {
  const { run, onEnd, log, concurrency = 1, mostWaiting = MOST_WAITING, retryMs = RETRY_MS } = options;
  const { leaseMs = LEASE_MS } = options;
  const { redis, queue, makeWorker, close } = await openBull(url, options);
  const held = heldTasks();
  const heldOf = new Map<string, string>();
  const state = { isClosed: false, waiting: 0, gaveTurns: Date.now() };
  const script = (text: string, ...words: readonly (string | number)[]): Promise<unknown> =>
    redis.eval(text, 1, PREFIX, ...words);

  /** Tells BullMQ of the turns of repositories. One that has its turn already, or none, is left as it is. */
  async function giveTurns(repositories: readonly string[]): Promise<void> {
    if (repositories.length === 0) return;
    const tags = await redis.hmget(`${PREFIX}:turns`, ...repositories);
    await queue.addBulk(
      repositories.flatMap((repository, index) => {
        const tag = tags[index] ?? null;
        if (tag === null) return [];
        return [{ name: "turn", data: { repository }, opts: { jobId: repository, priority: Number(tag) } }];
      }),
    );
  }

  /** What cannot be told now is told with the next look at all turns. */
  const told = (repositories: readonly string[]): Promise<void> =>
    giveTurns(repositories).catch((error: unknown) =>
      log.warn("A turn could not be given yet.", { reason: String(error) }),
    );

  async function accept(delivery: string, jobs: readonly Job[]) {
    const words = tasksOf(delivery, jobs).flatMap((task) => {
      const { job } = task;
      return [task.id, repositoryOf(job), job.installation, subjectOf(job) ?? "", JSON.stringify(task)];
    });
    const given = await script(ACCEPT, delivery, REMEMBERED_MS / 1000, mostWaiting, ...words);
    const [result, gone, calledOff] = acceptedAnswer.parse(given);
    if (result === "full") state.waiting = Math.max(state.waiting, mostWaiting);
    if (result !== "accepted") return result;
    for (const task of gone) onEnd(task, "superseded");
    for (const id of calledOff) held.replace(id);
    await told([...new Set(jobs.map(repositoryOf))]);
    return result;
  }

  /** The turn of a repository: its first task, from its begin to its end. */
  async function turn(repository: string): Promise<void> {
    const begun = begunAnswer.parse(await script(BEGIN, repository));
    if (begun === null) return;
    const [task, attempts] = begun;
    heldOf.set(repository, task.id);
    try {
      await held.hold(task, (signal) => perform(task, attempts, signal));
    } finally {
      heldOf.delete(repository);
    }
  }

  async function perform(task: Task, attempts: number, signal: AbortSignal): Promise<void> {
    const repository = repositoryOf(task.job);
    const finish = async (how: TaskEnd, error?: unknown, due: number | "" = ""): Promise<void> => {
      const was = endAnswer.parse(await triedFor(leaseMs, () => script(END, repository, task.id, due)));
      if (was === "gone" || (due !== "" && was === "mine")) return;
      onEnd(task, was === "replaced" && how !== "done" ? "superseded" : how, error);
    };
    const failure = await failureOf(run(task, signal));
    if (failure === null) return await finish("done");
    if (signal.aborted && signal.reason === LOST) return;
    if (signal.aborted && signal.reason === SUPERSEDED) return await finish("superseded");
    // What the end of the server cut short is begun again by the next one.
    if (state.isClosed) return;
    const pause = retryMs[attempts];
    await (pause === undefined ? finish("given up", failure.error) : finish("done", undefined, Date.now() + pause));
  }

  async function look(): Promise<void> {
    const [waiting, ...replaced] = lookAnswer.parse(await script(LOOK, ...held.ids()));
    state.waiting = waiting;
    for (const id of replaced) held.replace(id);
    const woken = z.array(z.string()).parse(await script(WAKE, Date.now()));
    // A process that ended between two steps left a turn that BullMQ does not know.
    const isTime = Date.now() - state.gaveTurns > leaseMs;
    if (isTime) state.gaveTurns = Date.now();
    await giveTurns(isTime ? await redis.hkeys(`${PREFIX}:turns`) : woken);
  }

  const worker = makeWorker(turn, { concurrency, leaseMs });
  const telling = new Set<Promise<void>>();
  const again = (repository: string | undefined): void => {
    if (repository === undefined) return;
    const tell = told([repository]).finally(() => telling.delete(tell));
    telling.add(tell);
  };
  worker.on("completed", (job) => again(job.id));
  worker.on("failed", (job, error) => {
    log.error("The end of a job could not be written.", { reason: error.message });
    again(job?.id);
  });
  worker.on("lockRenewalFailed", (repositories) => {
    for (const repository of repositories) held.lose(heldOf.get(repository) ?? "");
  });
  let looking = Promise.resolve();
  const lookWatched = watched(look, log);
  const clock = setInterval(() => (looking = lookWatched()), Math.min(LOOK_MS, leaseMs / 3));
  await told(await redis.hkeys(`${PREFIX}:turns`));
  return {
    accept,
    isFull: () => state.waiting >= mostWaiting,
    waiting: () => state.waiting,
    note: (name) => redis.hget(`${PREFIX}:notes`, name),
    async setNote(name, value) {
      await (value === null ? redis.hdel(`${PREFIX}:notes`, name) : redis.hset(`${PREFIX}:notes`, name, value));
    },
    async close(graceMs) {
      state.isClosed = true;
      const closed = worker.close();
      await held.close(graceMs);
      await closed;
      clearInterval(clock);
      await Promise.all([looking, ...telling]);
      await close();
    },
  };
}

interface Bull {
  readonly redis: Redis;
  readonly queue: BullQueue;
  readonly makeWorker: (
    turn: (repository: string) => Promise<void>,
    limits: { readonly concurrency: number; readonly leaseMs: number },
  ) => Worker;
  readonly close: () => Promise<void>;
}

async function openBull(url: string, { log }: Pick<QueueOptions, "log">): Promise<Bull> {
  const [{ Queue: QueueOfBull, Worker: WorkerOfBull }, { Redis: Client }] = await Promise.all([
    import("bullmq").catch((error: unknown) => {
      throw notInstalled(error);
    }),
    import("ioredis"),
  ]);
  const redis = new Client(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
  });
  const quiet = (error: Error): void => log.debug("A connection of the queue ended.", { reason: error.message });
  redis.on("error", quiet);
  try {
    await redis.connect();
    const persistence = await redis.info("persistence");
    if (!persistence.includes("aof_enabled:1"))
      log.warn("Redis keeps no log on its disk (appendonly): its end would lose jobs that were accepted.");
  } catch (error) {
    redis.disconnect();
    throw notReached(error);
  }
  // What waits for turns waits for ever, over a Redis that is away for a while.
  const patient = new Client(url, { maxRetriesPerRequest: null });
  patient.on("error", quiet);
  const queue = new QueueOfBull(QUEUE_NAME, {
    connection: redis,
    prefix: PREFIX,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on("error", quiet);
  return {
    redis,
    queue,
    makeWorker(turn, { concurrency, leaseMs }) {
      const worker = new WorkerOfBull(QUEUE_NAME, ({ id = "" }) => turn(id), {
        connection: patient,
        prefix: PREFIX,
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs,
        // A task that ends its process is begun again each time, as with the other queues.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
      });
      worker.on("error", quiet);
      return worker;
    },
    async close() {
      await queue.close();
      redis.disconnect();
      patient.disconnect();
    },
  };
}

function notInstalled(cause: unknown): Error {
  const message = "REDIS_URL is set, and the package bullmq is not installed";
  const help =
    "Install it beside QueryGenie: npm install bullmq@6. Without REDIS_URL jobs wait in a file or PostgreSQL.";
  return new ProblemError([{ code: "QG607", severity: "error", message, help }], 3, cause);
}

function notReached(cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `the queue cannot be opened in the Redis of REDIS_URL: ${reason}`;
  const help =
    "Check the address, and that it is Redis 6.2 or newer. Without REDIS_URL jobs wait in a file or PostgreSQL.";
  return new ProblemError([{ code: "QG606", severity: "error", message, help }], 3, cause);
}
