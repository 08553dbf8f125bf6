import { mkdir, open, readFile, rename, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { jobSchema } from "./job.ts";
import { REMEMBERED_MS } from "./queue/queue.ts";

/** A job with the name that its end is recorded under. */
export const taskSchema = z.object({ id: z.string(), job: jobSchema });
export type Task = z.infer<typeof taskSchema>;

const entrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accepted"), delivery: z.string(), at: z.number(), tasks: z.array(taskSchema) }),
  z.object({ kind: z.literal("done"), task: z.string() }),
  z.object({ kind: z.literal("noted"), name: z.string(), value: z.string().nullable() }),
  /** How version 0.1 noted a pause. */
  z.object({ kind: z.literal("paused"), pull: z.string(), isPaused: z.boolean() }),
]);
type Entry = z.infer<typeof entrySchema>;

/** What was accepted and is not done survives the end of the process, however it ends. */
export interface Journal {
  /** True for a delivery that was accepted within the last days and is on the disk. */
  readonly knows: (delivery: string) => boolean;
  /**
   * Resolves when the delivery is on the disk: false when it was already, or somebody else wrote it meanwhile. Rejects
   * when it cannot be written; the delivery is not known then.
   */
  readonly accept: (delivery: string, tasks: readonly Task[]) => Promise<boolean>;
  readonly done: (task: string) => Promise<void>;
  /** Tasks that were accepted before the journal was opened and are not done, in their order. */
  readonly left: readonly Task[];
  /** Lines that could not be read: the last one of a process that was killed while it wrote. */
  readonly unreadable: number;
  readonly note: (name: string) => string | null;
  readonly setNote: (name: string, value: string | null) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Size from which the journal is written anew without what is over. */
const LARGE_BYTES = 16 * 1024 * 1024;

/**
 * Opens the journal in a file: JSON lines, each on the disk before its promise resolves. Lines that wait at a time share
 * one write and one sync. One process at a time may have it.
 */
export async function openJournal(path: string, { now }: { readonly now: () => number }): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { entries, unreadable } = await read(path);
  const deliveries = new Map<string, number>();
  const pending = new Map<string, Task>();
  const notes = new Map<string, string>();
  const writing = new Map<string, Promise<void>>();
  for (const entry of entries) apply(entry);
  const left = [...pending.values()];

  function apply(entry: Entry): void {
    if (entry.kind === "accepted") {
      if (entry.at > now() - REMEMBERED_MS) deliveries.set(entry.delivery, entry.at);
      for (const task of entry.tasks) pending.set(task.id, task);
    } else if (entry.kind === "done") pending.delete(entry.task);
    else if (entry.kind === "paused")
      apply({ kind: "noted", name: `paused ${entry.pull}`, value: entry.isPaused ? "" : null });
    else if (entry.value === null) notes.delete(entry.name);
    else notes.set(entry.name, entry.value);
  }

  /** What is still true, in as few lines as possible. */
  function* kept(): Generator<Entry> {
    for (const [delivery, at] of deliveries) {
      if (at > now() - REMEMBERED_MS) yield { kind: "accepted", delivery, at, tasks: [] };
      else deliveries.delete(delivery);
    }
    for (const task of pending.values()) yield { kind: "accepted", delivery: `of ${task.id}`, at: 0, tasks: [task] };
    for (const [name, value] of notes) yield { kind: "noted", name, value };
  }

  async function rewritten(): Promise<{ readonly file: FileHandle; readonly size: number }> {
    const half = `${path}.new`;
    const file = await open(half, "w", 0o600);
    const text = [...kept()].map((entry) => `${JSON.stringify(entry)}\n`).join("");
    await file.writeFile(text);
    await file.sync();
    await rename(half, path);
    await syncFolder(dirname(path));
    return { file, size: Buffer.byteLength(text) };
  }

  let { file, size } = await rewritten();
  let waiting: { readonly entry: Entry; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] =
    [];
  let flushed: Promise<void> = Promise.resolve();
  let isFlushing = false;
  let isClosed = false;

  /** Ends in the same moment in which it finds nothing waiting: an entry that comes later starts another. */
  async function flush(): Promise<void> {
    isFlushing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const text = batch.map(({ entry }) => `${JSON.stringify(entry)}\n`).join("");
        await file.appendFile(text);
        await file.datasync();
        size += Buffer.byteLength(text);
        for (const { entry, resolve } of batch) {
          apply(entry);
          resolve();
        }
        if (size > LARGE_BYTES) {
          const old = file;
          ({ file, size } = await rewritten());
          await old.close();
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isFlushing = false;
  }

  function append(entry: Entry): Promise<void> {
    if (isClosed) return Promise.reject(new Error("The journal is closed."));
    return new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (!isFlushing) flushed = flush();
    });
  }

  function knows(delivery: string): boolean {
    const at = deliveries.get(delivery);
    return at !== undefined && at > now() - REMEMBERED_MS;
  }

  return {
    left,
    unreadable,
    knows,
    async accept(delivery, tasks) {
      if (knows(delivery)) return false;
      const other = writing.get(delivery);
      if (other) {
        await other;
        return false;
      }
      const written = append({ kind: "accepted", delivery, at: now(), tasks: [...tasks] });
      writing.set(delivery, written);
      try {
        await written;
        return true;
      } finally {
        writing.delete(delivery);
      }
    },
    done: (task) => append({ kind: "done", task }),
    note: (name) => notes.get(name) ?? null,
    setNote: (name, value) => append({ kind: "noted", name, value }),
    async close() {
      isClosed = true;
      await flushed;
      await file.close();
    },
  };
}

async function read(path: string): Promise<{ readonly entries: readonly Entry[]; readonly unreadable: number }> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  const entries: Entry[] = [];
  let unreadable = 0;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const entry = entrySchema.safeParse(parsed(line));
    if (entry.success) entries.push(entry.data);
    else unreadable++;
  }
  return { entries, unreadable };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** A new name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
