import { dispatcher } from "../dispatcher.ts";
import { openJournal } from "../journal.ts";
import { tasksOf, type Queue, type QueueOptions } from "./queue.ts";

/** The queue of one server: a file, which one process at a time may have. */
export async function openJournalQueue(path: string, options: QueueOptions): Promise<Queue> {
  const { log, onEnd } = options;
  const journal = await openJournal(path, { now: Date.now });
  if (journal.unreadable > 0) log.warn("Lines of the journal could not be read.", { lines: journal.unreadable });
  const jobs = dispatcher({
    ...options,
    async onEnd(task, how, error) {
      onEnd(task, how, error);
      await journal
        .done(task.id)
        .catch((cause: unknown) => log.error("The journal cannot be written.", { reason: String(cause) }));
    },
  });
  for (const task of journal.left) jobs.add(task);
  return {
    async accept(delivery, given) {
      if (journal.knows(delivery)) return "duplicate";
      if (jobs.isFull()) return "full";
      const tasks = tasksOf(delivery, given);
      // Two copies at a time are both acknowledged when the one is written, and begun once.
      if (!(await journal.accept(delivery, tasks))) return "duplicate";
      for (const task of tasks) jobs.add(task);
      return "accepted";
    },
    isFull: () => jobs.isFull(),
    waiting: () => jobs.waiting(),
    note: async (name) => journal.note(name),
    setNote: (name, value) => journal.setNote(name, value),
    async close(graceMs) {
      await jobs.close(graceMs);
      await journal.close();
    },
  };
}
