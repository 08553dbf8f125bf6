import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { silentLog } from "#app/log.ts";
import { meAnswer } from "#app/query/schemas.ts";
import { serve } from "#app/serve.ts";
import type { RunningServer } from "#app/server.ts";
import type { SignInSettings } from "#app/sign-in/open-people.ts";
import { fakeBrowser, type FakeBrowser } from "./fake-browser.ts";
import { fakeConnection } from "./fake-connection.ts";
import { startFakeGithub, type FakeGithub } from "./fake-github/fake-github.ts";
import type { FakeRepository } from "./fake-github/fake-state.ts";
import { freePort } from "./postgres.ts";

export const NIGHTLY = "nightly-token-of-the-shop-0123456789";
/** A token whose last day is over. */
export const LATE = "late-token-of-the-shop-0123456789abcd";
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Start {
  readonly isPrivate?: boolean;
  readonly roles?: string;
}

/** A server with sign-in over a store on disk, and a GitHub with the private repository whose permissions count. */
export interface SignInWorld {
  readonly github: FakeGithub;
  readonly repository: FakeRepository;
  readonly folder: string;
  /** The server's address, without a slash at its end. */
  readonly home: string;
  readonly settings: SignInSettings;
  /** What the log says from warnings up. */
  readonly told: string[];
  /** Ada may write, Grace is an admin, Linus may read; nothing goes wrong; Ada sits at the browser. */
  readonly reset: () => void;
  /** Stops the server, does something with what it kept, and starts it again. */
  readonly restart: (options?: Start, meanwhile?: () => Promise<void>) => Promise<void>;
  readonly signedIn: (login: string) => Promise<FakeBrowser>;
  readonly me: (browser: FakeBrowser) => Promise<z.infer<typeof meAnswer>>;
  /** Sends a query as the playground does; `headers` stand beside those or in their place. */
  readonly ask: (
    browser: FakeBrowser,
    connection: string | undefined,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  /** Sends JSON as a program does: a query of `production` unless `init` says otherwise. */
  readonly post: (path: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** `siteDir`: pages in place of two small ones. */
export async function signInWorld({ siteDir }: { readonly siteDir?: string } = {}): Promise<SignInWorld> {
  const folder = await mkdtemp(join(tmpdir(), "querygenie-sign-in-"));
  await mkdir(join(folder, "site/_astro"), { recursive: true });
  await writeFile(join(folder, "site/index.html"), "<p>The shop</p>");
  await writeFile(join(folder, "site/_astro/theme.css"), "a{}");
  const github = await startFakeGithub();
  const repository = github.addRepository({ isPrivate: true });
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const settings: SignInSettings = {
    origin: home,
    clientId: "Iv1.0123456789abcdef",
    clientSecret: "0123456789abcdef0123456789abcdef01234567",
    serverUrl: github.url,
    apiUrl: github.apiUrl,
    repository: "outdoor/shop",
    secret: "a secret of more than thirty-two characters",
    store: { kind: "embedded", folder: join(folder, "store") },
    retentionDays: 90,
    roleMs: 0,
  };
  github.oauth.apps.push({ ...settings, callbackUrl: `${home}/auth/callback` });
  const told: string[] = [];
  const start = ({ isPrivate = false, roles }: Start = {}): Promise<RunningServer> =>
    serve({
      port,
      isPortFixed: true,
      siteDir: siteDir ?? join(folder, "site"),
      live: [fakeConnection(), named("production"), named("reports")],
      signIn: { ...settings, ...(roles === undefined ? {} : { roles }) },
      machines: `nightly:write:${sha256(NIGHTLY)},late:admin:${sha256(LATE)}:2020-02-29`,
      leastRoles: new Map([["reports", "read"]]),
      isPrivate,
      liveAccess: "everyone",
      log: { ...silentLog, warn: (line) => void told.push(line), error: (line) => void told.push(line) },
    });
  let server = await start();
  const me: SignInWorld["me"] = async (browser) => meAnswer.parse(await (await browser.go(`${home}/api/me`)).json());
  return {
    github,
    repository,
    folder,
    home,
    settings,
    told,
    me,
    reset() {
      repository.collaborators.clear();
      repository.collaborators.set("ada", "write").set("grace", "admin").set("linus", "read");
      github.oauth.signedInAs = "ada";
      github.faults.length = 0;
      told.length = 0;
    },
    async restart(options, meanwhile) {
      await server.close();
      await meanwhile?.();
      server = await start(options);
    },
    async signedIn(login) {
      github.oauth.signedInAs = login;
      const browser = fakeBrowser(home);
      const { response } = await browser.follow(`${home}/auth/login`);
      if (response.status !== 200) throw new Error(`${login} is not signed in: ${response.status}`);
      return browser;
    },
    async ask(browser, connection, headers = {}) {
      const token = headers["x-csrf-token"] ?? (await me(browser)).csrfToken;
      return browser.go(`${home}/api/query`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token === null ? {} : { "x-csrf-token": token }),
          ...headers,
        },
        body: JSON.stringify({ sql: "select 1", connection }),
      });
    },
    post: (path, init = {}) =>
      fetch(home + path, {
        method: "POST",
        body: JSON.stringify({ sql: "select 1", connection: "production" }),
        ...init,
        headers: { "content-type": "application/json", ...Object.fromEntries(new Headers(init.headers)) },
      }),
    async close() {
      await server.close();
      await github.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A connection that pretends to be a running database. */
function named(name: string) {
  const made = fakeConnection(name);
  return { ...made, info: { ...made.info, isDefault: false, engine: "postgres" as const } };
}

/** What a request is answered, without what differs from time to time. */
export async function shapeOf(response: Response) {
  const headers = Object.fromEntries(response.headers);
  for (const name of ["date", "connection", "keep-alive", "transfer-encoding"]) delete headers[name];
  return { status: response.status, headers, body: await response.text() };
}

/** The session's cookie as a thief has it. */
export const sessionCookie = (browser: FakeBrowser): string =>
  `querygenie-session=${browser.cookies.get("querygenie-session") ?? ""}`;

/** The token that GitHub gave last. */
export function lastToken(github: FakeGithub): string {
  const granted = github.log.findLast(({ call }) => call === "OAUTH POST /login/oauth/access_token")?.answer;
  return z.object({ access_token: z.string() }).parse(granted).access_token;
}
