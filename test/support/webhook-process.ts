/**
 * The receiver with a real queue as a process that a test may kill: `node webhook-process.ts FOLDER PORT`. REDIS_URL and
 * DATABASE_URL choose the queue as they do for the server.
 */
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLog } from "#app/log.ts";
import { openQueue } from "#app/github/queue/open-queue.ts";
import { webhookReceiver } from "#app/github/receiver.ts";

const [folder = "", port = ""] = process.argv.slice(2);
const queue = await openQueue(
  { dataDir: folder, redisUrl: process.env["REDIS_URL"], databaseUrl: process.env["DATABASE_URL"] },
  {
    concurrency: 4,
    mostWaiting: 5000,
    leaseMs: 2000,
    log: { ...silentLog, error: (message, fields) => console.error(message, fields) },
    async run({ id }) {
      await sleep(1);
      appendFileSync(join(folder, "done"), `${id}\n`);
    },
    onEnd: () => undefined,
  },
);
const route = webhookReceiver({
  secrets: [process.env["SECRET"] ?? ""],
  queue,
  log: silentLog,
  count: () => undefined,
});
createServer((incoming, outgoing) => void route.answer(incoming, outgoing)).listen(Number(port), "127.0.0.1", () =>
  process.stdout.write("ready\n"),
);
process.on("message", () => process.send?.({ waiting: queue.waiting(), rss: process.memoryUsage.rss() }));
