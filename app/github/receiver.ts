import type { IncomingMessage } from "node:http";
import type { ExtraRoute } from "../server.ts";
import type { ServerLog } from "../log.ts";
import { isEvent, toJobs } from "./job.ts";
import type { KnownInstallations } from "./installations.ts";
import type { Accepted, Queue } from "./queue/queue.ts";
import { isSigned } from "./signature.ts";

/** What became of a delivery, for the figures. */
export type DeliveryResult =
  | "accepted"
  | "ignored"
  | "duplicate"
  | "forged"
  | "malformed"
  | "too large"
  | "queue full"
  | "not written";

export interface ReceiverOptions {
  /** The present secret first. */
  readonly secrets: readonly string[];
  readonly queue: Pick<Queue, "accept">;
  /** Keeps who has installed the App. Default: nobody does. */
  readonly installations?: Pick<KnownInstallations, "learn"> | undefined;
  readonly log: ServerLog;
  /** Hears of each delivery. */
  readonly count: (result: DeliveryResult) => void;
}

/** GitHub sends no more. */
const MOST_BYTES = 25 * 1024 * 1024;

export const WEBHOOK_PATH = "/api/github/webhooks";

/**
 * Takes GitHub's deliveries: signed, of events that we know, each once. A delivery is acknowledged when it is on the
 * disk, not before, and not when it is done: GitHub waits ten seconds and sends nothing again by itself.
 */
export function webhookReceiver(options: ReceiverOptions): ExtraRoute {
  return {
    path: WEBHOOK_PATH,
    name: "webhook",
    async answer(incoming, outgoing) {
      const [status, result] = await receive(incoming, options);
      options.count(result);
      const headers: Record<string, string> = { "content-type": "text/plain; charset=utf-8" };
      if (status === 503) headers["retry-after"] = "60";
      if (status === 413) headers["connection"] = "close";
      outgoing.writeHead(status, headers).end(`${result}\n`);
    },
  };
}

async function receive(
  incoming: IncomingMessage,
  { secrets, queue, installations, log }: ReceiverOptions,
): Promise<readonly [number, DeliveryResult]> {
  if (incoming.method !== "POST") return [405, "malformed"];
  const body = await bytesOf(incoming);
  if (body === null) return [413, "too large"];
  const header = (name: string): string => String(incoming.headers[name] ?? "");
  if (!isSigned(body, header("x-hub-signature-256"), secrets)) return [401, "forged"];
  const event = header("x-github-event");
  const delivery = header("x-github-delivery");
  if (!/^[\w-]{1,100}$/.test(delivery)) return [400, "malformed"];
  if (!isEvent(event)) return [202, "ignored"];
  const payload = parsed(body);
  const jobs = payload === undefined ? null : toJobs(event, payload);
  if (jobs === null) {
    log.warn("A delivery has another form than its event's.", { event, delivery });
    return [400, "malformed"];
  }
  let result: Accepted;
  try {
    await installations?.learn(event, payload);
    if (jobs.length === 0) return [202, "ignored"];
    result = await queue.accept(delivery, jobs);
  } catch (error) {
    log.error("A delivery could not be written down.", { delivery, reason: String(error) });
    return [500, "not written"];
  }
  if (result === "duplicate") return [202, "duplicate"];
  if (result === "full") return [503, "queue full"];
  log.info("Delivery.", { event, delivery, kind: jobs[0]?.kind });
  return [202, "accepted"];
}

/** The body as it came; null when it is larger than any that GitHub sends. */
async function bytesOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    // A request's chunks are bytes as long as nobody sets an encoding.
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
