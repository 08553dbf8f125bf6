import { z } from "zod";
import { needsSignIn, type Gate } from "./gate.ts";
import { hasRole, nameOfIdentity, type Identity } from "./identity.ts";
import { json } from "../query/plain-answers.ts";
import { problemResponse } from "../query/problem-response.ts";
import type { Route } from "../query/routes.ts";
import { dayOf } from "../store/day-of.ts";
import type { ServerStore } from "../store/server-store.ts";

export interface PeopleOptions {
  readonly gate: Gate;
  /** Where history and usage are. Default: nothing is remembered. */
  readonly store?: Pick<ServerStore, "history" | "usage">;
  /** Resolves when what was answered so far is in the store. */
  readonly settled?: () => Promise<void>;
  readonly now: () => Date;
}

/** The routes that have to do with who somebody is. */
export interface People {
  /** Null where there is nothing of the kind: nobody can sign in, or nothing is remembered. */
  readonly answer: (
    route: Route,
    asked: { readonly request: Request; readonly identity: Identity },
  ) => Promise<Response | null>;
}

export function peopleRoutes({ gate, store, settled, now }: PeopleOptions): People {
  const { signIn } = gate;
  return {
    async answer({ id }, { request, identity }) {
      if (id === "me") return json(meOf(identity, signIn?.addressFor("/") ?? null));
      if (signIn === undefined) return null;
      switch (id) {
        case "login":
          return signIn.begin(request);
        case "callback":
          return signIn.finish(request);
        case "logout":
          return signIn.end(identity);
        case "history":
        case "forgetHistory":
          if (identity.kind !== "user") return needsSignIn();
          await settled?.();
          return store === undefined ? null : historyOf(identity, { request, history: store.history });
        case "usage":
          if (identity.kind === "anonymous") return needsSignIn();
          await settled?.();
          return store === undefined ? null : usageOf(identity, { request, usage: store.usage, now: now() });
        default:
          return null;
      }
    },
  };
}

function meOf(identity: Identity, signIn: string | null) {
  const isUser = identity.kind === "user";
  return {
    signIn,
    user: isUser ? { login: identity.user.login, name: identity.user.name } : null,
    role: isUser || identity.kind === "machine" ? identity.role : null,
    csrfToken: isUser ? identity.csrfToken : null,
  };
}

const historySearch = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const usageSearch = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) });

async function historyOf(
  identity: Identity & { readonly kind: "user" },
  { request, history }: { readonly request: Request; readonly history: ServerStore["history"] },
): Promise<Response> {
  const userId = identity.user.id;
  if (request.method === "DELETE") {
    await history.clear(userId);
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  }
  const search = searchOf(request, historySearch);
  if (search === null) return notValid();
  const entries = await history.list({ userId, ...search });
  return json(entries.map((entry) => ({ ...entry, askedAt: entry.askedAt.toISOString() })));
}

async function usageOf(
  identity: Identity,
  { request, usage, now }: { readonly request: Request; readonly usage: ServerStore["usage"]; readonly now: Date },
): Promise<Response> {
  const search = searchOf(request, usageSearch);
  if (search === null) return notValid();
  const since = dayOf(new Date(now.getTime() - (search.days - 1) * DAY_MS));
  return json(await usage.list(hasRole(identity, "admin") ? { since } : { since, who: nameOfIdentity(identity) }));
}

const DAY_MS = 24 * 60 * 60 * 1000;

function searchOf<T>(request: Request, schema: z.ZodType<T>): T | null {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return parsed.success ? parsed.data : null;
}

function notValid(): Response {
  const help = "The request's form is described at /api/openapi.json.";
  return problemResponse({
    code: "QG510",
    severity: "error",
    message: "A part behind the question mark is wrong.",
    help,
  });
}
