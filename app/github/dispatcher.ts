import type { Task } from "./journal.ts";
import { MOST_WAITING, repositoryOf, RETRY_MS, subjectOf, SUPERSEDED, type TaskEnd } from "./queue/queue.ts";

export interface DispatcherOptions {
  /** Does a task. `signal` is aborted when a newer task makes it pointless, and when the server stops. */
  readonly run: (task: Task, signal: AbortSignal) => Promise<void>;
  /**
   * Hears that a task needs no more: done, replaced by a newer one, or given up after its last attempt. Nothing is begun
   * in the place of a task that ran before this resolves.
   */
  readonly onEnd: (task: Task, how: TaskEnd, error?: unknown) => Promise<void>;
  /** Tasks at a time. Default 1: an engine takes a third of a gigabyte. */
  readonly concurrency?: number;
  /** Tasks that may wait. Default 1000. */
  readonly mostWaiting?: number;
  /** Milliseconds before each further attempt of a task that failed. */
  readonly retryMs?: readonly number[];
}

/** Does tasks: those of a repository one after the other in their order, those of installations in turns. */
export interface Dispatcher {
  readonly add: (task: Task) => void;
  readonly isFull: () => boolean;
  /** Tasks that wait, those for another attempt among them. */
  readonly waiting: () => number;
  /** Starts nothing more and lets what runs end; after `graceMs` it is aborted. What is left stays with the journal. */
  readonly close: (graceMs: number) => Promise<void>;
}

export function dispatcher(options: DispatcherOptions): Dispatcher {
  const { run, onEnd, concurrency = 1, mostWaiting = MOST_WAITING, retryMs = RETRY_MS } = options;
  /** Waiting tasks by repository, in order; the first key of `turns` is next. */
  const queues = new Map<string, Task[]>();
  const turns: number[] = [];
  const running = new Map<
    string,
    { readonly task: Task; readonly abort: AbortController; readonly ended: Promise<void> }
  >();
  const attempts = new Map<string, number>();
  const resting = new Map<string, { readonly task: Task; readonly timer: NodeJS.Timeout }>();
  const state = { isClosed: false };

  function add(task: Task): void {
    const key = repositoryOf(task.job);
    const queue = queues.get(key) ?? [];
    queues.set(key, queue);
    const subject = subjectOf(task.job);
    if (subject !== null) supersede(key, subject);
    queue.push(task);
    if (!turns.includes(task.job.installation)) turns.push(task.job.installation);
    pump();
  }

  /** What a newer task says again needs no more: neither where it waits, nor where it runs. */
  function supersede(key: string, subject: string): void {
    const queue = queues.get(key) ?? [];
    const isOlder = ({ job }: Task): boolean => repositoryOf(job) === key && subjectOf(job) === subject;
    const older = queue.filter(isOlder);
    queue.splice(0, queue.length, ...queue.filter((task) => !isOlder(task)));
    for (const { task, timer } of [...resting.values()].filter((one) => isOlder(one.task))) {
      clearTimeout(timer);
      resting.delete(task.id);
      older.push(task);
    }
    for (const task of older) void end(task, "superseded");
    const now = running.get(key);
    if (now && isOlder(now.task)) now.abort.abort(SUPERSEDED);
  }

  function pump(): void {
    while (!state.isClosed && running.size < concurrency) {
      const task = next();
      if (task === null) return;
      start(task);
    }
  }

  /** The first task of the installation whose turn it is, of a repository that nothing runs for. */
  function next(): Task | null {
    for (const [index, installation] of turns.entries()) {
      for (const [key, queue] of queues) {
        const [first] = queue;
        if (first?.job.installation !== installation || running.has(key)) continue;
        queue.shift();
        if (queue.length === 0) queues.delete(key);
        turns.splice(index, 1);
        const hasMore = [...queues.values()].some((rest) => rest.some(({ job }) => job.installation === installation));
        if (hasMore) turns.push(installation);
        return first;
      }
    }
    return null;
  }

  function start(task: Task): void {
    const key = repositoryOf(task.job);
    const abort = new AbortController();
    const ended = run(task, abort.signal)
      .then(
        () => end(task, "done"),
        (error: unknown) => failed(task, abort.signal, error),
      )
      .finally(() => {
        running.delete(key);
        pump();
      });
    running.set(key, { task, abort, ended });
  }

  async function failed(task: Task, { aborted, reason }: AbortSignal, error: unknown): Promise<void> {
    if (aborted && reason === SUPERSEDED) return end(task, "superseded");
    // What the end of the server cut short is begun again by the next one.
    if (state.isClosed) return;
    const attempt = attempts.get(task.id) ?? 0;
    const pause = retryMs[attempt];
    if (pause === undefined) return end(task, "given up", error);
    attempts.set(task.id, attempt + 1);
    const timer = setTimeout(() => {
      resting.delete(task.id);
      const key = repositoryOf(task.job);
      queues.set(key, [task, ...(queues.get(key) ?? [])]);
      if (!turns.includes(task.job.installation)) turns.push(task.job.installation);
      pump();
    }, pause);
    timer.unref();
    resting.set(task.id, { task, timer });
  }

  function end(task: Task, how: TaskEnd, error?: unknown): Promise<void> {
    attempts.delete(task.id);
    return onEnd(task, how, error);
  }

  const waiting = (): number => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0) + resting.size;

  return {
    add,
    waiting,
    isFull: () => waiting() >= mostWaiting,
    async close(graceMs) {
      state.isClosed = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      const late = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort();
      }, graceMs);
      await Promise.allSettled([...running.values()].map(({ ended }) => ended));
      clearTimeout(late);
    },
  };
}
