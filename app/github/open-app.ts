import { createAppAuth } from "@octokit/auth-app";
import { githubClient } from "#action/github/client.ts";
import type { ServerLog } from "../log.ts";
import type { ServerMetrics } from "../metrics.ts";
import { callerRate } from "../query/caller-rate.ts";
import type { ExtraRoute } from "../server.ts";
import { aiKeysOf, checkAiKeys, readAiKeys } from "./ai-keys.ts";
import type { ServerStore } from "../store/server-store.ts";
import { GoneError } from "./gone-error.ts";
import { knownInstallations } from "./installations.ts";
import type { Job } from "./job.ts";
import { openQueue, type QueuePlace } from "./queue/open-queue.ts";
import type { Queue } from "./queue/queue.ts";
import { webhookReceiver } from "./receiver.ts";
import { reconcileOften } from "./reconcile.ts";
import { runJob } from "./run-job.ts";

export interface AppSettings extends QueuePlace {
  readonly id: string;
  /** PEM; `\n` may stand for line ends. */
  readonly privateKey: string;
  /** Secrets of the webhook, the present one first. */
  readonly secrets: readonly string[];
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly cacheDir: string;
  /** Which keys of models whose jobs get: `owner/VARIABLE=NAME` with commas between. Default: nobody's any. */
  readonly aiKeys?: string;
}

export interface GithubApp {
  readonly route: ExtraRoute;
  /** False while the queue is full. */
  readonly isReady: () => boolean;
  /** Starts no job more, lets what runs end for `graceMs`, and closes the queue. */
  readonly close: (graceMs: number) => Promise<void>;
}

export interface AppWorld {
  readonly log: ServerLog;
  readonly metrics: ServerMetrics;
  /** Keeps who has installed the App. Default: nobody does, and suspended accounts are found by what GitHub answers. */
  readonly store?: Pick<ServerStore, "installations"> | undefined;
}

/** Commands that one person may give a minute. */
const COMMANDS_A_MINUTE = 6;

/** Opens the App: what an earlier process accepted and did not do is done first. */
export async function openApp(settings: AppSettings, { log, metrics, store }: AppWorld): Promise<GithubApp> {
  const { serverUrl, apiUrl, cacheDir } = settings;
  const aiKeys = settings.aiKeys ? readAiKeys(settings.aiKeys) : [];
  checkAiKeys(aiKeys, process.env);
  const auth = createAppAuth({
    appId: settings.id,
    privateKey: settings.privateKey.replaceAll("\\n", "\n"),
    request: githubClient({ token: "", apiUrl }).request,
  });
  const world = {
    serverUrl,
    apiUrl,
    cacheDir,
    keysFor: (owner: string) => aiKeysOf(aiKeys, owner, process.env),
    // Asked for by jobs only, which begin when it is open.
    notes: {
      note: async (name: string) => (await opened).note(name),
      setNote: async (name: string, value: string | null) => (await opened).setNote(name, value),
    },
    log,
    rate: callerRate({ perMinute: COMMANDS_A_MINUTE, now: () => performance.now() }),
    tokenFor: (installationId: number, repo: string) =>
      auth({ type: "installation", installationId, repositoryNames: [repo] }).then(({ token }) => token),
  };
  const installations = store && knownInstallations(store.installations, { now: () => new Date() });
  const wentAway = (id: string, { kind, installation }: Job): void =>
    log.info("A job's account has suspended or removed the App.", { job: id, kind, installation });
  const seconds = metrics.seconds(
    { name: "github_job_duration_seconds", help: "Seconds a job of the GitHub App took, by its kind." },
    "kind",
  );
  const ends = metrics.counter(
    { name: "github_jobs_total", help: "Jobs of the GitHub App, by how they ended." },
    "result",
  );
  const opened: Promise<Queue> = openQueue(settings, {
    log,
    async run({ id, job }, signal) {
      const begin = performance.now();
      try {
        if ((await installations?.isActive(job.installation)) === false) return wentAway(id, job);
        await runJob(job, world, signal);
      } catch (error) {
        if (error instanceof GoneError) return wentAway(id, job);
        log.warn("A job failed.", { job: id, kind: job.kind, reason: error instanceof Error ? error.message : "" });
        throw error;
      } finally {
        seconds(job.kind, (performance.now() - begin) / 1000);
      }
    },
    onEnd({ id, job }, how, error) {
      ends(how);
      const reason = error instanceof Error ? error.message : undefined;
      log[how === "given up" ? "error" : "info"](`Job ${how}.`, { job: id, kind: job.kind, reason });
    },
  });
  const queue = await opened;
  metrics.gauge({ name: "github_jobs_waiting", help: "Jobs of the GitHub App that wait." }, () => queue.waiting());
  const count = metrics.counter(
    { name: "github_deliveries_total", help: "Deliveries of GitHub's webhooks, by what became of them." },
    "result",
  );
  const stopLooking = reconcileOften({
    octokit: async () => githubClient({ token: (await auth({ type: "app" })).token, apiUrl }),
    queue,
    log,
    now: Date.now,
  });
  return {
    route: webhookReceiver({ secrets: settings.secrets, queue, installations, log, count }),
    isReady: () => !queue.isFull(),
    async close(graceMs) {
      await stopLooking();
      await queue.close(graceMs);
    },
  };
}
