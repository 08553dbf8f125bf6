import { ProblemError } from "#schemas/problem.ts";
import type { ServerLog } from "../log.ts";
import type { ServerMetrics } from "../metrics.ts";
import type { AnsweredRequest } from "../query/answered-request.ts";
import { openStore, type StoreSettings } from "../store/open-store.ts";
import { recorder } from "../store/recorder.ts";
import type { ServerStore } from "../store/server-store.ts";
import { openGate, type Gate } from "./gate.ts";
import { githubIdentity, type GithubIdentityOptions } from "./github-identity.ts";
import { machineOf, parseMachines, type Machine } from "./machines.ts";
import { peopleRoutes, type People } from "./people.ts";
import { defaultRoles, parseRoleMap, type Role } from "./roles.ts";
import { openSignIn, type SignIn } from "./sign-in.ts";

/** Sign-in of people with GitHub. */
export interface SignInSettings extends Omit<GithubIdentityOptions, "callbackUrl"> {
  /** Where browsers find the server: `https://docs.example.org`, without a path. */
  readonly origin: string;
  /** At least 32 characters; the keys of sessions are made of it. */
  readonly secret: string;
  /** Roles by permission, as `QUERYGENIE_ROLES` has them. Default: see `defaultRoles`. */
  readonly roles?: string | undefined;
  readonly store: StoreSettings;
  /** Days for which history, audit and usage are kept. */
  readonly retentionDays: number;
  /** Milliseconds for which a role is believed. Default 30,000. */
  readonly roleMs?: number;
}

export interface AccessSettings {
  /** Who may use the running databases without signing in: everyone, or who bears the token; null for nobody. Default nobody. */
  readonly liveAccess?: "everyone" | { readonly token: string } | null;
  /** Programs that may ask, as `QUERYGENIE_TOKENS` has them. Default none. */
  readonly machines?: string | undefined;
  /** Default: nobody can sign in. */
  readonly signIn?: SignInSettings | undefined;
  /** True keeps pages and the embedded database for those who may read the repository. Default false. */
  readonly isPrivate?: boolean;
  /** Least role that may query a running database, by its name. Default `write`. */
  readonly leastRoles?: ReadonlyMap<string, Role>;
}

/** Everything about who somebody is. */
export interface OpenedPeople {
  readonly gate: Gate;
  readonly people: People;
  /** Writes what was answered into the store, where there is one. */
  readonly record: (answered: AnsweredRequest) => void;
  /** Resolves when what was recorded so far is written, or has failed. */
  readonly settled: () => Promise<void>;
  /** What the server remembers; absent where nobody can sign in. */
  readonly store?: ServerStore;
  readonly close: () => Promise<void>;
}

interface World {
  readonly log: ServerLog;
  readonly metrics: ServerMetrics;
  readonly basePath: string;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const now = (): Date => new Date();

/** Opens the store and the sign-in, where they are set up. Throws `ProblemError` for settings that cannot be used. */
export async function openPeople(settings: AccessSettings, world: World): Promise<OpenedPeople> {
  const { liveAccess = null, signIn: asked, isPrivate = false, leastRoles } = settings;
  const machines = machinesOf(settings);
  const store = asked === undefined ? undefined : await openStore(asked.store, (error) => lost(error, world.log));
  const signIn = asked === undefined || store === undefined ? undefined : signInOf(asked, store, world);
  const gate = openGate({
    isLocal: liveAccess === "everyone" && signIn === undefined,
    machines,
    signIn,
    isPrivate,
    ...(leastRoles === undefined ? {} : { leastRoles }),
  });
  if (store === undefined || asked === undefined) {
    const [nothing, done] = [() => undefined, () => Promise.resolve()];
    return { gate, people: peopleRoutes({ gate, now }), record: nothing, settled: done, close: done };
  }
  const { record, settled } = recordingOf(store, world);
  const stopForgetting = forgetEveryHour(store, asked.retentionDays, world.log);
  return {
    gate,
    people: peopleRoutes({ gate, store, settled, now }),
    record,
    settled,
    store,
    async close() {
      await stopForgetting();
      await settled();
      await store.close();
    },
  };
}

function machinesOf({ liveAccess, machines }: AccessSettings): readonly Machine[] {
  const named = machines === undefined ? [] : parseMachines(machines);
  if (named === null) throw wrong("QUERYGENIE_TOKENS");
  const isToken = typeof liveAccess === "object" && liveAccess !== null;
  return isToken ? [...named, machineOf("token", "write", liveAccess.token)] : named;
}

function signInOf(asked: SignInSettings, store: ServerStore, { log, metrics, basePath }: World): SignIn {
  const roles = asked.roles === undefined ? defaultRoles : parseRoleMap(asked.roles);
  if (roles === null) throw wrong("QUERYGENIE_ROLES");
  return openSignIn({
    provider: githubIdentity({ ...asked, callbackUrl: `${asked.origin}${basePath}/auth/callback` }),
    store,
    origin: asked.origin,
    basePath,
    secret: asked.secret,
    roles,
    log,
    now,
    count: metrics.counter(
      { name: "sign_ins_total", help: "Sign-ins with GitHub, by what became of them." },
      "outcome",
    ),
    ...(asked.roleMs === undefined ? {} : { roleMs: asked.roleMs }),
  });
}

function recordingOf(store: ServerStore, { log, metrics }: World) {
  const count = metrics.counter(
    { name: "store_entries_lost_total", help: "Entries of audit, usage and history that could not be written." },
    "reason",
  );
  return recorder({
    store,
    now,
    onLost(entries, reason) {
      for (let entry = 0; entry < entries; entry++) count("store");
      log.error("Entries of the audit are lost.", { entries, reason });
    },
  });
}

/** Forgets what is old at the start and each hour; the promise of the last time is what the end waits for. */
function forgetEveryHour(store: ServerStore, days: number, log: ServerLog): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const forget = (): void => {
    last = store
      .forget({ before: new Date(now().getTime() - days * DAY_MS), now: now() })
      .catch((error: unknown) => lost(error, log));
  };
  forget();
  const timer = setInterval(forget, HOUR_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return last;
  };
}

const lost = (error: unknown, log: ServerLog): void =>
  log.error("The store does not answer.", { reason: error instanceof Error ? error.message : String(error) });

function wrong(variable: string): ProblemError {
  const message = `the environment variable ${variable} has a value that cannot be used`;
  const help = "Its form is described in .env.example; names are used once, and days exist.";
  return new ProblemError([{ code: "QG601", severity: "error", message, help }], 2);
}
