import type { Octokit } from "@octokit/rest";
import type { ServerLog } from "../log.ts";
import { isEvent, toJobs } from "./job.ts";
import type { Queue } from "./queue/queue.ts";

export interface ReconcileOptions {
  /** A client of the App itself, not of an installation. */
  readonly octokit: () => Promise<Octokit>;
  readonly queue: Pick<Queue, "accept" | "note" | "setNote">;
  readonly log: ServerLog;
  readonly now: () => number;
}

/** Note under which the time stands up to which all deliveries were looked at. */
const CURSOR = "deliveries looked at until";
/** How far a first look goes back, and any: GitHub lists three days. */
const FIRST_LOOK_MS = 24 * 3600_000;
const LISTED_MS = 3 * 24 * 3600_000;
/** A delivery is listed when it ended, so that one may appear behind others that began later. */
const OVERLAP_MS = 10 * 60_000;
/** Pages of a hundred that one look reads, and deliveries that it takes up; the next look goes on. */
const MOST_PAGES = 50;
const MOST_TAKEN = 200;

/** A delivery none of whose attempts was acknowledged. */
interface Missed {
  readonly id: number;
  readonly delivery: string;
  readonly event: string;
  readonly at: number;
}

/**
 * Takes up the deliveries that GitHub could not bring: it sends none again by itself. What they say is read from GitHub,
 * so it needs no signature. Returns how many were taken up. Rejects when GitHub cannot be asked; nothing is lost then.
 */
export async function reconcile(options: ReconcileOptions): Promise<number> {
  const { queue, log, now } = options;
  const octokit = await options.octokit();
  const begin = now();
  const noted = Number((await queue.note(CURSOR)) ?? begin - FIRST_LOOK_MS);
  const since = Math.max(noted - OVERLAP_MS, begin - LISTED_MS);
  const missed = await missedSince(octokit, since);
  let taken = 0;
  for (const one of missed) {
    if (taken >= MOST_TAKEN) return await stopAt(one);
    const result = await takeUp(octokit, one, options);
    if (result === "full") return await stopAt(one);
    if (result === "accepted") {
      taken++;
      log.info("A delivery that did not arrive is taken up.", { delivery: one.delivery, event: one.event });
    }
  }
  await queue.setNote(CURSOR, String(begin));
  return taken;

  /** The next look begins with this one. */
  async function stopAt({ at }: Missed): Promise<number> {
    log.warn("More deliveries did not arrive than can be taken up now.", { taken });
    await queue.setNote(CURSOR, String(at + OVERLAP_MS));
    return taken;
  }
}

/** Oldest first. A delivery that was sent again and arrived is none. */
async function missedSince(octokit: Octokit, since: number): Promise<readonly Missed[]> {
  const arrived = new Set<string>();
  const failed = new Map<string, Missed>();
  let pages = 0;
  const listed = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of listed) {
    for (const { id, guid, event, delivered_at: time, status_code: status } of data) {
      if (status >= 200 && status < 300) arrived.add(guid);
      else if (Date.parse(time) >= since) failed.set(guid, { id, delivery: guid, event, at: Date.parse(time) });
    }
    const [last] = data.slice(-1);
    if (last === undefined || Date.parse(last.delivered_at) < since || ++pages >= MOST_PAGES) break;
  }
  return [...failed.values()].filter(({ delivery }) => !arrived.has(delivery)).toSorted((a, b) => a.at - b.at);
}

async function takeUp(
  octokit: Octokit,
  { id, delivery, event }: Missed,
  { queue, log }: ReconcileOptions,
): Promise<"accepted" | "duplicate" | "full" | "ignored"> {
  if (!isEvent(event)) return "ignored";
  const { data } = await octokit.rest.apps.getWebhookDelivery({ delivery_id: id });
  const jobs = toJobs(event, data.request.payload);
  if (jobs === null) log.warn("A delivery has another form than its event's.", { event, delivery });
  return jobs === null || jobs.length === 0 ? "ignored" : await queue.accept(delivery, jobs);
}

/** Between two looks. */
const EACH_MS = 5 * 60_000;

/** Looks at once and then every five minutes, one look at a time. The returned function stops it and waits for its end. */
export function reconcileOften(options: ReconcileOptions, eachMs: number = EACH_MS): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const look = (): void => {
    looking ??= reconcile(options)
      .then(
        () => undefined,
        (error: unknown) =>
          options.log.warn("GitHub's list of deliveries could not be read.", {
            reason: error instanceof Error ? error.message : String(error),
          }),
      )
      .finally(() => (looking = null));
  };
  look();
  const clock = setInterval(look, eachMs);
  return async () => {
    clearInterval(clock);
    await looking;
  };
}
