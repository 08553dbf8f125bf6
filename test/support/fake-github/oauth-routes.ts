/** GitHub's web flow for signing in, as its browser and its API take it. */
import { createHash, randomBytes } from "node:crypto";
import { answer, notFound, text, type FakeAnswer, type FakeToken } from "./fake-state.ts";

/** An application that people sign in to. */
export interface FakeOauthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one registered callback. */
  readonly callbackUrl: string;
  /** Seconds a token lives, as a GitHub App's do; those of an OAuth app do not end. */
  readonly tokenSeconds?: number;
}

interface Code {
  readonly app: FakeOauthApp;
  readonly login: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly until: number;
}

/** Codes live ten minutes. */
const CODE_MS = 600_000;

export interface FakeOauth {
  readonly apps: FakeOauthApp[];
  /** Who sits at GitHub's browser page and agrees; null for somebody who says no. */
  signedInAs: string | null;
  /** Answers what is below `/login/oauth/`; null for another address. */
  readonly answer: (call: {
    readonly method: string;
    readonly at: URL;
    readonly body: Readonly<Record<string, unknown>>;
    readonly accept: string;
  }) => FakeAnswer | null;
}

/** `grant` makes a token that the API then takes. */
export function fakeOauth(grant: (secret: string, token: FakeToken) => void): FakeOauth {
  const apps: FakeOauthApp[] = [];
  const codes = new Map<string, Code>();

  function authorize({ searchParams }: URL, signedInAs: string | null): FakeAnswer {
    const app = apps.find(({ clientId }) => clientId === searchParams.get("client_id"));
    if (!app) return notFound();
    const redirectUri = searchParams.get("redirect_uri") ?? app.callbackUrl;
    const state = searchParams.get("state");
    const back = (to: string, parts: Readonly<Record<string, string>>): FakeAnswer => {
      const url = new URL(to);
      for (const [name, value] of Object.entries(parts)) url.searchParams.set(name, value);
      if (state !== null) url.searchParams.set("state", state);
      return answer(302, {}, { location: url.href });
    };
    if (redirectUri !== app.callbackUrl) return back(app.callbackUrl, error("redirect_uri_mismatch"));
    if (signedInAs === null) return back(redirectUri, error("access_denied"));
    const method = searchParams.get("code_challenge_method");
    const challenge = searchParams.get("code_challenge");
    if (challenge !== null && method !== "S256") return answer(400, error("invalid_request"));
    const code = randomBytes(10).toString("hex");
    codes.set(code, { app, login: signedInAs, redirectUri, challenge, until: Date.now() + CODE_MS });
    return back(redirectUri, { code });
  }

  function exchange(body: Readonly<Record<string, unknown>>): FakeAnswer {
    const app = apps.find(({ clientId }) => clientId === body["client_id"]);
    if (!app) return answer(404, { error: "Not Found" });
    // Refusals come with the status of a success.
    if (app.clientSecret !== body["client_secret"]) return answer(200, error("incorrect_client_credentials"));
    const given = text(body["code"]);
    const code = codes.get(given);
    if (!code || code.app !== app || code.until < Date.now()) return answer(200, error("bad_verification_code"));
    const { redirect_uri: redirectUri = code.redirectUri } = body;
    if (redirectUri !== code.redirectUri) return answer(200, error("redirect_uri_mismatch"));
    const verifier = text(body["code_verifier"]);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (code.challenge !== null && code.challenge !== challenge) return answer(200, error("bad_verification_code"));
    codes.delete(given);
    const isApp = app.tokenSeconds !== undefined;
    const secret = `${isApp ? "ghu" : "gho"}_${randomBytes(18).toString("hex")}`;
    grant(secret, { login: code.login, isBot: false, isUser: true, permissions: {} });
    return answer(200, {
      access_token: secret,
      token_type: "bearer",
      scope: "",
      ...(isApp
        ? {
            expires_in: app.tokenSeconds,
            refresh_token: `ghr_${randomBytes(18).toString("hex")}`,
            refresh_token_expires_in: 15_811_200,
          }
        : {}),
    });
  }

  return {
    apps,
    signedInAs: null,
    answer({ method, at, body, accept }) {
      if (method === "GET" && at.pathname === "/login/oauth/authorize") return authorize(at, this.signedInAs);
      if (method !== "POST" || at.pathname !== "/login/oauth/access_token") return null;
      const { status, json } = exchange(body);
      if (accept.includes("json")) return answer(status, json);
      // Without being asked for JSON it answers as a form; the double has no need to write one.
      return answer(406, { message: "The double speaks JSON here." });
    },
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  access_denied: "The user has denied your application access.",
  bad_verification_code: "The code passed is incorrect or expired.",
  incorrect_client_credentials: "The client_id and/or client_secret passed are incorrect.",
  redirect_uri_mismatch: "The redirect_uri MUST match the registered callback URL for this application.",
};

const error = (code: string): Record<string, string> => ({
  error: code,
  error_description: DESCRIPTIONS[code] ?? code,
  error_uri: `https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting#${code}`,
});
