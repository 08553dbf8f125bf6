import type { ServerLog } from "../../log.ts";
import type { Job } from "../job.ts";
import type { Task } from "../journal.ts";

/** What became of a delivery: `duplicate` when it was accepted before, `full` when it must come again later. */
export type Accepted = "accepted" | "duplicate" | "full";

export type TaskEnd = "done" | "superseded" | "given up";

/**
 * The App's jobs, from their acceptance to their end, however a process ends in between. Jobs of a repository are done
 * one after the other in their order, those of installations in turns, and a newer job about the same pull request or
 * branch replaces an older one. Several servers may share a queue that lies in a database.
 */
export interface Queue {
  /**
   * Resolves when the delivery is written down, once by its id. Rejects when it cannot be written; the delivery is not
   * known then and may come again.
   */
  readonly accept: (delivery: string, jobs: readonly Job[]) => Promise<Accepted>;
  /** Whether there is no room, as far as this process knows. */
  readonly isFull: () => boolean;
  /** Jobs that wait, those for another attempt among them, as far as this process knows. */
  readonly waiting: () => number;
  /** What was noted under a name; null for nothing. */
  readonly note: (name: string) => Promise<string | null>;
  /** Notes a word that outlives the process; null forgets it. */
  readonly setNote: (name: string, value: string | null) => Promise<void>;
  /** Begins nothing more and lets what runs end; after `graceMs` it is aborted. What is left is begun by the next one. */
  readonly close: (graceMs: number) => Promise<void>;
}

export interface QueueOptions {
  /** Does a task. `signal` is aborted when a newer task makes it pointless, and when the server stops. */
  readonly run: (task: Task, signal: AbortSignal) => Promise<void>;
  /** Hears that a task needs no more. */
  readonly onEnd: (task: Task, how: TaskEnd, error?: unknown) => void;
  readonly log: ServerLog;
  /** Tasks at a time in this process. Default 1: an engine takes a third of a gigabyte. */
  readonly concurrency?: number;
  /** Tasks that may wait. Default 1000. */
  readonly mostWaiting?: number;
  /** Milliseconds before each further attempt of a task that failed. */
  readonly retryMs?: readonly number[];
  /** Milliseconds after which a task of a process that says nothing is another's. Default 30 s. */
  readonly leaseMs?: number;
}

export const MOST_WAITING = 1000;
export const RETRY_MS: readonly number[] = [5_000, 60_000];
export const LEASE_MS = 30_000;
/** GitHub lists deliveries of three days; none of them is begun a second time. */
export const REMEMBERED_MS = 4 * 24 * 3600 * 1000;

/** Why a running task's signal is aborted when a newer one replaces it. */
export const SUPERSEDED = "superseded";

export const tasksOf = (delivery: string, jobs: readonly Job[]): readonly Task[] =>
  jobs.map((job, index) => ({ id: `${delivery}#${index}`, job }));

export const repositoryOf = ({ owner, repo }: Job): string => `${owner}/${repo}`;

/** What a job is about, where a newer one says all that it would; null for what must be done each time. */
export function subjectOf(job: Job): string | null {
  if (job.kind === "pull-request") return `pull request ${job.number}`;
  if (job.kind === "onboard") return "onboard";
  return job.kind === "branch" ? `branch ${job.branch}` : null;
}
