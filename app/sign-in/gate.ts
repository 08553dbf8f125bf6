import { bearerOf } from "../bearer-token.ts";
import type { ConnectionInfo } from "../query/connection.ts";
import { problemResponse } from "../query/problem-response.ts";
import { IdentityError } from "./github-identity.ts";
import { anonymous, hasRole, type Identity } from "./identity.ts";
import { machineWith, type Machine } from "./machines.ts";
import type { Role } from "./roles.ts";
import { isSame } from "./secrets.ts";
import type { SignIn } from "./sign-in.ts";

export interface GateOptions {
  /** True when nobody but who sits at this machine reaches the server, and nobody has to sign in. Default false. */
  readonly isLocal?: boolean;
  /** Programs that may ask. Default none. */
  readonly machines?: readonly Machine[];
  /** Sign-in of people. Default: there is none. */
  readonly signIn?: SignIn | undefined;
  /** True keeps the pages and the embedded database for those who may read the repository. Default false. */
  readonly isPrivate?: boolean;
  /** Least role that may query a running database, by its name. Default `write`. */
  readonly leastRoles?: ReadonlyMap<string, Role>;
  readonly now?: () => Date;
}

/** Who somebody is, or why the request is answered without asking. */
export type Identified =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly response: Response };

/** Decides who asks and what is there for them. What is not there for somebody is told as what does not exist. */
export interface Gate {
  readonly signIn: SignIn | undefined;
  readonly identify: (request: Request) => Promise<Identified>;
  readonly mayAsk: (identity: Identity, connection: Pick<ConnectionInfo, "name" | "engine">) => boolean;
  /** The answer in place of a page; null when the page may be read. */
  readonly refusalOfPage: (request: Request) => Promise<Response | null>;
  /** True when pages may not lie in shared caches. */
  readonly isPrivate: boolean;
}

/** Name of the header in which a page proves that it is ours. */
export const CSRF_HEADER = "x-csrf-token";

export function openGate(options: GateOptions = {}): Gate {
  const { isLocal = false, machines = [], signIn, isPrivate = false, leastRoles, now = () => new Date() } = options;

  async function identify(request: Request): Promise<Identified> {
    const token = bearerOf(request.headers.get("authorization"));
    const machine = token === null ? null : machineWith(token, machines, now());
    if (machine !== null) return known({ kind: "machine", name: machine.name, role: machine.role });
    if (signIn === undefined) return known(isLocal ? { kind: "local" } : anonymous);
    try {
      const identity = await signIn.identify(request);
      if (identity.kind === "user" && changes(request) && !bearsCsrfToken(request, identity.csrfToken)) return forged();
      return known(identity);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      return { ok: false, response: unknown() };
    }
  }

  const mayRead = (identity: Identity): boolean => !isPrivate || hasRole(identity, "read");

  return {
    signIn,
    isPrivate,
    identify,
    mayAsk: (identity, { name, engine }) =>
      mayRead(identity) && (engine === "embedded" || hasRole(identity, leastRoles?.get(name) ?? "write")),
    async refusalOfPage(request) {
      if (!isPrivate) return null;
      const identified = await identify(request);
      if (!identified.ok) return identified.response;
      if (mayRead(identified.identity)) return null;
      return identified.identity.kind === "anonymous" ? toSignIn(request, signIn) : noPage();
    },
  };
}

const known = (identity: Identity): Identified => ({ ok: true, identity });

const changes = ({ method }: Request): boolean => method !== "GET" && method !== "HEAD";

function bearsCsrfToken(request: Request, token: string): boolean {
  const given = request.headers.get(CSRF_HEADER);
  return given !== null && isSame(given, token);
}

function forged(): Identified {
  const message = "The request does not come from a page of this server.";
  const help = `Send what /api/me tells as csrfToken in the header ${CSRF_HEADER}.`;
  return { ok: false, response: problemResponse({ code: "QG512", severity: "error", message, help }) };
}

function unknown(): Response {
  const message = "GitHub gives no answer just now, so nobody knows what you may do.";
  return problemResponse({ code: "QG514", severity: "error", message, help: "Ask again in a moment." });
}

/** Only a browser's own navigation is sent on: what scripts and programs fetch is refused. */
function toSignIn(request: Request, signIn: SignIn | undefined): Response {
  const takesPages = (request.headers.get("accept") ?? "").includes("text/html");
  if (signIn === undefined || request.method !== "GET" || !takesPages) return needsSignIn();
  const { pathname, search } = new URL(request.url);
  return new Response(null, {
    status: 302,
    headers: { location: signIn.addressFor(pathname + search), "cache-control": "no-store" },
  });
}

/** The one answer to who has not signed in and asks for what is not there for everybody, be it there or not. */
export function needsSignIn(): Response {
  const message = "There is nothing here without signing in.";
  const help = "A browser signs in at /auth/login; a program sends `Authorization: Bearer` with its token.";
  const response = problemResponse({ code: "QG513", severity: "error", message, help });
  response.headers.set("www-authenticate", 'Bearer realm="querygenie"');
  return response;
}

const noPage = (): Response =>
  new Response("Not found\n", {
    status: 404,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
