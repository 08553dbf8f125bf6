import type { ServerLog } from "../log.ts";
import type { ServerStore, StoredSession } from "../store/server-store.ts";
import { cookieJar, type CookieJar } from "./cookies.ts";
import { IdentityError, type IdentityProvider } from "./github-identity.ts";
import { freshSecret, hashOf, isSame, isSecret, secretBox, type SecretBox } from "./secrets.ts";
import { anonymous, type Identity } from "./identity.ts";
import { returnPath } from "./return-to.ts";
import { roleReader, type RoleReader } from "./role-reader.ts";
import type { RoleMap } from "./roles.ts";

export interface SignInOptions {
  readonly provider: IdentityProvider;
  readonly store: Pick<ServerStore, "signIns" | "sessions">;
  /** Where browsers find the server, without a path: `https://docs.example.org`. */
  readonly origin: string;
  readonly basePath: string;
  /** Keys are made of it. Another one ends all sessions. */
  readonly secret: string;
  readonly roles: RoleMap;
  readonly log: ServerLog;
  readonly now: () => Date;
  /** Counts what became of sign-ins. */
  readonly count: (outcome: "begun" | "done" | "refused" | "unavailable") => void;
  /** Milliseconds for which a role is believed; a lowered one holds so long. Default 30 s, most 60 s. */
  readonly roleMs?: number;
}

/** Sign-in in a browser. */
export interface SignIn {
  /** Sends the browser to GitHub. */
  readonly begin: (request: Request) => Promise<Response>;
  /** Takes the browser back from GitHub. */
  readonly finish: (request: Request) => Promise<Response>;
  /** Ends the session. */
  readonly end: (identity: Identity) => Promise<Response>;
  /** Whose session the request's cookie names. Rejects with `IdentityError` when the role cannot be read. */
  readonly identify: (request: Request) => Promise<Identity>;
  /** Address that begins a sign-in and comes back to `path`. */
  readonly addressFor: (path: string) => string;
}

const LOGIN_COOKIE = "sign-in";
const SESSION_COOKIE = "session";
const SIGN_IN_SECONDS = 10 * 60;
const SESSION_SECONDS = 7 * 24 * 60 * 60;
/** Who does not come back for so long signs in again. */
const IDLE_MS = 24 * 60 * 60 * 1000;
const SEEN_EVERY_MS = 5 * 60 * 1000;

/**
 * The sign-in with GitHub. A session is a random number in a cookie, of which the store has the hash; the role is never
 * in it, but asked for again. Every refusal is the same answer: it tells nobody what was wrong.
 */
export function openSignIn(options: SignInOptions): SignIn {
  const { origin, basePath, provider, roles, now } = options;
  const box = secretBox(options.secret);
  const jar = cookieJar({ isSecure: origin.startsWith("https:") });
  const readRole = roleReader({
    read: (token) => provider.permissionOf(token),
    roles,
    now,
    ...(options.roleMs === undefined ? {} : { keepMs: options.roleMs }),
  });
  const parts: Parts = { ...options, box, jar, readRole };
  return {
    begin: (request) => begin(request, parts),
    async finish(request) {
      try {
        return (await finish(request, parts)) ?? refusedSignIn(parts);
      } catch (error) {
        if (!(error instanceof IdentityError)) throw error;
        options.log.warn("A sign-in failed.", { reason: error.message });
        options.count("unavailable");
        return page(503, "GitHub does not answer just now.", parts);
      }
    },
    async end(identity) {
      if (identity.kind === "user") await endSession(identity.sessionHash, parts);
      return new Response(null, { status: 204, headers: [...NO_STORE, ["set-cookie", jar.clear(SESSION_COOKIE)]] });
    },
    identify: (request) => identify(request, parts),
    addressFor: (path) => `${basePath}/auth/login?return_to=${encodeURIComponent(path)}`,
  };
}

interface Parts extends SignInOptions {
  readonly box: SecretBox;
  readonly jar: CookieJar;
  readonly readRole: RoleReader;
}

const NO_STORE: readonly [string, string][] = [
  ["cache-control", "no-store"],
  ["referrer-policy", "no-referrer"],
];

async function begin(
  request: Request,
  { store, provider, jar, now, origin, basePath, count }: Parts,
): Promise<Response> {
  const [state, browser, verifier] = [freshSecret(), freshSecret(), freshSecret()];
  await store.signIns.begin({
    stateHash: hashOf(state),
    browserHash: hashOf(browser),
    verifier,
    returnTo: returnPath(new URL(request.url).searchParams.get("return_to"), { origin, basePath }),
    expiresAt: new Date(now().getTime() + SIGN_IN_SECONDS * 1000),
  });
  count("begun");
  const headers: [string, string][] = [
    ["location", provider.signInUrl({ state, verifier })],
    ["set-cookie", jar.write(LOGIN_COOKIE, browser, SIGN_IN_SECONDS)],
  ];
  return new Response(null, { status: 302, headers: [...NO_STORE, ...headers] });
}

/** The browser back where it began, signed in; null when anything about it is not as it must be. */
async function finish(request: Request, parts: Parts): Promise<Response | null> {
  const { store, provider, jar, now } = parts;
  const { searchParams } = new URL(request.url);
  const [state, code, browser] = [searchParams.get("state"), searchParams.get("code"), jar.read(request, LOGIN_COOKIE)];
  if (state === null || !isSecret(state)) return null;
  // Taken before anything is looked at: a state that was tried once is worth nothing, whoever tried it.
  const begun = await store.signIns.take(hashOf(state));
  if (begun === null || begun.expiresAt <= now()) return null;
  if (browser === null || !isSame(hashOf(browser), begun.browserHash)) return null;
  if (code === null || code === "" || code.length > LONGEST_CODE) return null;
  const granted = await provider.exchange({ code, verifier: begun.verifier });
  const user = granted === null ? null : await provider.userOf(granted.token);
  if (granted === null || user === null) return null;
  // Another session of this browser ends: a number that was planted in it would else live on.
  const before = jar.read(request, SESSION_COOKIE);
  if (before !== null && isSecret(before)) await endSession(hashOf(before), parts);
  const id = freshSecret();
  const seconds = Math.min(SESSION_SECONDS, granted.seconds ?? SESSION_SECONDS);
  await store.sessions.open(sessionOf({ id, user, token: granted.token, seconds }, parts));
  parts.count("done");
  const headers: [string, string][] = [
    ["location", begun.returnTo],
    ["set-cookie", jar.write(SESSION_COOKIE, id, seconds)],
    ["set-cookie", jar.clear(LOGIN_COOKIE)],
  ];
  return new Response(null, { status: 303, headers: [...NO_STORE, ...headers] });
}

/** GitHub's codes have 20 characters. */
const LONGEST_CODE = 200;

function sessionOf(
  { id, user, token, seconds }: { id: string; user: StoredSession["user"]; token: string; seconds: number },
  { box, now }: Parts,
): StoredSession {
  const idHash = hashOf(id);
  const createdAt = now();
  return {
    idHash,
    user,
    sealedToken: box.seal(token, idHash),
    createdAt,
    seenAt: createdAt,
    expiresAt: new Date(createdAt.getTime() + seconds * 1000),
  };
}

async function identify(request: Request, parts: Parts): Promise<Identity> {
  const { store, jar, box, now, readRole } = parts;
  const id = jar.read(request, SESSION_COOKIE);
  if (id === null || !isSecret(id)) return anonymous;
  const session = await store.sessions.find(hashOf(id), now());
  if (session === null) return anonymous;
  const { idHash, user, seenAt } = session;
  const token = box.open(session.sealedToken, idHash);
  const silentMs = now().getTime() - seenAt.getTime();
  const role = token === null || silentMs > IDLE_MS ? "ended" : await readRole.of(idHash, token);
  if (role === "ended") {
    await endSession(idHash, parts);
    return anonymous;
  }
  if (silentMs > SEEN_EVERY_MS) await store.sessions.seen(idHash, now());
  return { kind: "user", user, role, csrfToken: box.sign(`csrf ${idHash}`), sessionHash: idHash };
}

async function endSession(idHash: string, { store, readRole }: Parts): Promise<void> {
  readRole.forget(idHash);
  await store.sessions.end(idHash);
}

function refusedSignIn(parts: Parts): Response {
  parts.count("refused");
  return page(400, "You are not signed in.", parts);
}

/** A page without a word of the request. */
function page(status: number, words: string, { basePath, jar }: Parts): Response {
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in</title><main><h1>Sign-in</h1><p>${words}</p><p><a href="${basePath}/auth/login">Try again</a> · <a href="${basePath}/">Go on without</a></p></main></html>`;
  return new Response(text, {
    status,
    headers: [
      ...NO_STORE,
      ["content-type", "text/html; charset=utf-8"],
      ["content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
      ["x-content-type-options", "nosniff"],
      ["set-cookie", jar.clear(LOGIN_COOKIE)],
    ],
  });
}
