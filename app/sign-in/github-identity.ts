import { createHash } from "node:crypto";
import { z } from "zod";
import type { KnownUser } from "../store/server-store.ts";
import type { Permission } from "./roles.ts";

/** Who vouches for people. Every method rejects with `IdentityError` when it cannot be asked. */
export interface IdentityProvider {
  /** Where a browser is sent to sign in. */
  readonly signInUrl: (sent: { readonly state: string; readonly verifier: string }) => string;
  /** Trades what the browser brought back for a token; null when it is worth nothing. */
  readonly exchange: (brought: { readonly code: string; readonly verifier: string }) => Promise<GrantedToken | null>;
  /** Whose token it is; null when it is worth nothing, or not a person's. */
  readonly userOf: (token: string) => Promise<KnownUser | null>;
  /** What the token's owner may do in the repository; null when the token is worth nothing any more. */
  readonly permissionOf: (token: string) => Promise<Permission | null>;
}

export interface GrantedToken {
  readonly token: string;
  /** Seconds until it ends; null when it does not. */
  readonly seconds: number | null;
}

/** Whoever vouches gave no answer: neither yes nor no. */
export class IdentityError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "IdentityError";
  }
}

export interface GithubIdentityOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** GitHub itself, without a slash at its end; an Enterprise server's address works the same. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `owner/name` of the repository whose permissions count. */
  readonly repository: string;
  /** Where GitHub sends the browser back: `…/auth/callback`. */
  readonly callbackUrl: string;
  /** Rights that are asked for; an OAuth app needs `repo` to see a private repository, a GitHub App none. Default none. */
  readonly scope?: string;
  /** Milliseconds an answer may take. Default 10,000. */
  readonly timeoutMs?: number;
}

const tokenAnswer = z.union([
  z.object({ access_token: z.string().min(1), token_type: z.string(), expires_in: z.number().positive().optional() }),
  // Refusals come with the status of a success.
  z.object({ error: z.string() }),
]);
const userAnswer = z.object({
  id: z.int().positive(),
  login: z.string().min(1),
  name: z.string().nullish(),
  type: z.string(),
});
const repositoryAnswer = z.object({
  permissions: z
    .object({
      admin: z.boolean(),
      maintain: z.boolean().default(false),
      push: z.boolean(),
      triage: z.boolean().default(false),
      pull: z.boolean(),
    })
    .optional(),
});

/** Errors that are the caller's: the code, or the secret that goes with it. All others are the server's setup. */
const WORTHLESS: ReadonlySet<string> = new Set(["bad_verification_code", "unverified_user_email"]);
const TIMEOUT_MS = 10_000;

/** GitHub's web flow with PKCE, and what the signed-in person's own token says of a repository. */
export function githubIdentity(options: GithubIdentityOptions): IdentityProvider {
  const { clientId, clientSecret, serverUrl, apiUrl, callbackUrl, scope = "", timeoutMs = TIMEOUT_MS } = options;
  const ask = (url: string, init: RequestInit): Promise<Response> => send(url, init, timeoutMs);
  const read = (path: string, token: string): Promise<Response> =>
    ask(apiUrl + path, {
      headers: { ...COMMON, accept: "application/vnd.github+json", authorization: `Bearer ${token}` },
    });
  return {
    signInUrl({ state, verifier }) {
      const url = new URL(`${serverUrl}/login/oauth/authorize`);
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      const sent = { client_id: clientId, redirect_uri: callbackUrl, state, scope, code_challenge: challenge };
      for (const [name, value] of Object.entries(sent)) if (value !== "") url.searchParams.set(name, value);
      url.searchParams.set("code_challenge_method", "S256");
      return url.href;
    },
    async exchange({ code, verifier }) {
      const response = await ask(`${serverUrl}/login/oauth/access_token`, {
        method: "POST",
        headers: { ...COMMON, accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify({
          client_id: clientId,
          client_secret: clientSecret,
          code,
          redirect_uri: callbackUrl,
          code_verifier: verifier,
        }),
      });
      const answer = await answerOf(response, tokenAnswer);
      if ("access_token" in answer) return { token: answer.access_token, seconds: answer.expires_in ?? null };
      if (WORTHLESS.has(answer.error)) return null;
      throw new IdentityError(`GitHub refuses this server's sign-ins: ${answer.error.slice(0, 100)}.`);
    },
    async userOf(token) {
      const response = await read("/user", token);
      if (response.status === 401) return null;
      const { id, login, name, type } = await answerOf(response, userAnswer);
      return type === "User" ? { id, login, name: name ?? null } : null;
    },
    async permissionOf(token) {
      const [owner = "", name = ""] = options.repository.split("/");
      const response = await read(`/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`, token);
      if (response.status === 401) return null;
      // A repository that somebody may not see is not there for them. Too many questions are no answer.
      const isLimited = response.headers.get("x-ratelimit-remaining") === "0" || response.headers.has("retry-after");
      if (response.status === 404 || response.status === 451 || (response.status === 403 && !isLimited)) return "none";
      return strongest(await answerOf(response, repositoryAnswer));
    },
  };
}

const COMMON = { "user-agent": "querygenie", "x-github-api-version": "2022-11-28" };

async function send(url: string, init: RequestInit, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new IdentityError("GitHub cannot be reached.", { cause: error });
  }
}

async function answerOf<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  if (!response.ok) throw new IdentityError(`GitHub answers with ${response.status}.`);
  const body: unknown = await response.json().catch((error: unknown) => {
    throw new IdentityError("GitHub's answer is no JSON.", { cause: error });
  });
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new IdentityError("GitHub's answer has another form than it is known to have.");
  return parsed.data;
}

function strongest({ permissions }: z.infer<typeof repositoryAnswer>): Permission {
  if (permissions === undefined) return "none";
  if (permissions.admin) return "admin";
  if (permissions.maintain) return "maintain";
  if (permissions.push) return "write";
  if (permissions.triage) return "triage";
  return permissions.pull ? "read" : "none";
}
