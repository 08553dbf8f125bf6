/** The receiver with its real journal as a process that a test may kill: `node webhook-process.ts FOLDER PORT`. */
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLog } from "#app/log.ts";
import { dispatcher } from "#app/github/dispatcher.ts";
import { openJournal } from "#app/github/journal.ts";
import { webhookReceiver } from "#app/github/receiver.ts";

const [folder = "", port = ""] = process.argv.slice(2);
const journal = await openJournal(join(folder, "webhooks.jsonl"), { now: Date.now });
const queue = dispatcher({
  concurrency: 4,
  mostWaiting: 5000,
  async run({ id }) {
    await sleep(1);
    appendFileSync(join(folder, "done"), `${id}\n`);
  },
  onEnd: ({ id }) => journal.done(id),
});
for (const task of journal.left) queue.add(task);
const route = webhookReceiver({
  secrets: [process.env["SECRET"] ?? ""],
  journal,
  dispatcher: queue,
  log: silentLog,
  count: () => undefined,
});
createServer((incoming, outgoing) => void route.answer(incoming, outgoing)).listen(Number(port), "127.0.0.1", () =>
  process.stdout.write("ready\n"),
);
process.on("message", () => process.send?.({ waiting: queue.waiting(), rss: process.memoryUsage.rss() }));
