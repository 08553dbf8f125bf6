/** An HTTP server that behaves as GitHub does towards the action, over real git repositories. */
import { createHmac } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appRoutes, isAppToken } from "./app-routes.ts";
import { hookDeliveries, type FakeDelivery } from "./hook-deliveries.ts";
import { createBareRepository } from "./bare-repository.ts";
import {
  answer,
  forbidden,
  notFound,
  userJson,
  type FakeAnswer,
  type FakePull,
  type FakeRepository,
  type FakeToken,
} from "./fake-state.ts";
import { gitOverHttp, protectionHook } from "./git-over-http.ts";
import { fakeOauth, type FakeOauth } from "./oauth-routes.ts";
import { graphql } from "./graphql-operations.ts";
import { syncPulls } from "./move-branch.ts";
import { routes, type Context } from "./rest-routes.ts";

/** What goes wrong with a call, once or as often as it is told. */
export interface Fault {
  /** Matches `METHOD /path` of REST, `GRAPHQL Name` of GraphQL, `GIT /path` of git. */
  readonly on: RegExp;
  readonly times: number;
  /** An answer in place of the real one, a cut connection, an answer that does not come, or something that happens first. */
  readonly what: FakeAnswer | "cut" | "silence" | { readonly first: () => void };
}

export interface LoggedCall {
  readonly call: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

export interface FakeGithub {
  /** Server's address, as `GITHUB_SERVER_URL` has it. */
  readonly url: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly log: LoggedCall[];
  readonly faults: { on: RegExp; times: number; what: Fault["what"] }[];
  addRepository(options?: Partial<Pick<FakeRepository, "owner" | "name" | "isPrivate">>): FakeRepository;
  addToken(secret: string, token: FakeToken): void;
  /** Applications that people sign in to, and who sits at the browser. */
  readonly oauth: FakeOauth;
  /** What happens when somebody withdraws an application's rights, or is no user any more. */
  revokeTokensOf(login: string): void;
  /** Installs an App: who signs with its key is given the token of an installation. */
  installApp(app: FakeApp): void;
  openPull(
    repository: FakeRepository,
    pull: { head: string; headRepo?: string; sha?: string; user?: string; title?: string },
  ): FakePull;
  sync(): void;
  close(): Promise<void>;
}

export interface FakeApp {
  readonly publicKey: string;
  readonly installation: number;
  /** What an installation's token may do, and its text. */
  readonly token: FakeToken;
  readonly secret: string;
  /** What its webhook was sent, newest first. Default: nothing. */
  readonly deliveries?: readonly FakeDelivery[];
}

/** The Actions token of a workflow with these permissions. */
export const actionsToken = (permissions: FakeToken["permissions"]): FakeToken => ({
  login: "github-actions[bot]",
  isBot: true,
  permissions,
});

/** GitHub's secondary limit, with the header that says when to come back. */
export const secondaryLimit = (seconds: number): FakeAnswer =>
  answer(
    403,
    {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      documentation_url:
        "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
    },
    { "retry-after": String(seconds) },
  );

/** A webhook's headers, signed as GitHub signs them. */
export function signedWebhook(
  event: string,
  payload: string,
  secret: string,
  delivery: string = "72d3162e-cc78-11e3-81ab-4c9367dc0958",
): Readonly<Record<string, string>> {
  const signature = createHmac("sha256", secret).update(payload).digest("hex");
  return {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": delivery,
    "x-hub-signature-256": `sha256=${signature}`,
  };
}

const API = "/api/v3";

export async function startFakeGithub(): Promise<FakeGithub> {
  const root = mkdtempSync(join(tmpdir(), "fake-github-"));
  const repositories: FakeRepository[] = [];
  const tokens = new Map<string, FakeToken>();
  const apps: FakeApp[] = [];
  const oauth = fakeOauth((secret, token) => void tokens.set(secret, token));
  const faults: FakeGithub["faults"] = [];
  const log: LoggedCall[] = [];
  let lastId = 1000;
  let lastSecond = Date.UTC(2026, 0, 1);
  let url = "";
  const world = {
    nextId: () => (lastId += 1),
    now: () => new Date((lastSecond += 1000)).toISOString(),
  };

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  // Git runs in this very process. While a long run of it holds the clock, five seconds pass without anybody being idle,
  // and a connection that is about to be used would be closed under its request.
  server.keepAliveTimeout = 600_000;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? "/", url);
    const token = tokenOf(request.headers.authorization);
    const isApi = at.pathname.startsWith("/api/");
    if (at.pathname.startsWith("/login/oauth/")) return signIn(request, response, at);
    if (!isApi) {
      const found = repositories.find(
        ({ owner, name }) =>
          at.pathname.startsWith(`/${owner}/${name}.git/`) || at.pathname.startsWith(`/${owner}/${name}/`),
      );
      if (!found) return void response.writeHead(404).end();
      if (await stumble(`GIT ${at.pathname}`, response, {})) return;
      const path = at.pathname
        .replace(`/${found.owner}/${found.name}`, `/${found.name}`)
        .replace(`/${found.name}/`, `/${found.name}.git/`);
      gitOverHttp(request, response, { repository: found, token, path, query: at.search.slice(1) });
      return;
    }
    const body = await readJson(request);
    const isGraphql = at.pathname === "/api/graphql";
    const query = typeof body["query"] === "string" ? body["query"] : "";
    const [, operation = ""] = /(?:query|mutation)\s+(\w+)/.exec(query) ?? [];
    const call = isGraphql ? `GRAPHQL ${operation}` : `${request.method} ${at.pathname.slice(API.length)}`;
    if (await stumble(call, response, body)) return;
    const [, installation] = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(at.pathname.slice(API.length)) ?? [];
    if (installation !== undefined) {
      const made = installationToken(request.headers.authorization, Number(installation));
      send(response, made);
      log.push({ call, status: made.status, body, answer: null });
      return;
    }
    if (at.pathname.startsWith(`${API}/app/hook/`)) {
      const made = appAnswer(request, at);
      send(response, made);
      log.push({ call, status: made.status, body, answer: made.json });
      return;
    }
    const result =
      token === null ? answer(401, { message: "Bad credentials", status: "401" }) : handle(request, at, body, token);
    send(response, result);
    log.push({ call, status: result.status, body, answer: result.json });
  }

  async function signIn(request: IncomingMessage, response: ServerResponse, at: URL): Promise<void> {
    const body = await readJson(request);
    const { method = "GET", headers } = request;
    const call = `OAUTH ${method} ${at.pathname}`;
    if (await stumble(call, response, body)) return;
    const result = oauth.answer({ method, at, body, accept: headers.accept ?? "" }) ?? notFound();
    send(response, result);
    log.push({ call, status: result.status, body, answer: result.json });
  }

  /** Calls that the App makes as itself. */
  function appAnswer({ headers, method }: IncomingMessage, at: URL): FakeAnswer {
    const [, given = ""] = (headers.authorization ?? "").split(" ");
    const app = apps.find(({ publicKey }) => isAppToken(given, publicKey));
    if (!app) return answer(401, { message: "A JSON web token could not be decoded" });
    return method === "GET" ? hookDeliveries(at, API, app.deliveries ?? []) : notFound();
  }

  function installationToken(header: string | undefined, installation: number): FakeAnswer {
    const app = apps.find((one) => one.installation === installation);
    const [, given = ""] = (header ?? "").split(" ");
    if (!app) return notFound();
    if (!isAppToken(given, app.publicKey)) return answer(401, { message: "A JSON web token could not be decoded" });
    tokens.set(app.secret, app.token);
    const expires = new Date(Date.now() + 3600_000).toISOString();
    const { permissions } = app.token;
    return answer(201, { token: app.secret, expires_at: expires, permissions, repository_selection: "selected" });
  }

  async function stumble(call: string, response: ServerResponse, body: Record<string, unknown>): Promise<boolean> {
    const fault = faults.find(({ on, times }) => times > 0 && on.test(call));
    if (!fault) return false;
    fault.times -= 1;
    const { what } = fault;
    if (what === "cut") response.socket?.destroy();
    else if (what === "silence") setTimeout(() => response.socket?.destroy(), 60_000).unref();
    else if ("first" in what) {
      what.first();
      return false;
    } else send(response, what);
    const status = typeof what === "string" ? 0 : what.status;
    log.push({ call, status, body, answer: typeof what === "string" ? what : what.json });
    return true;
  }

  function handle(request: IncomingMessage, at: URL, body: Record<string, unknown>, token: FakeToken): FakeAnswer {
    const method = request.method ?? "GET";
    if (at.pathname === "/api/graphql") {
      const variables = Object(body["variables"]);
      const input = Object(Object(variables.input).branch);
      const name =
        input.repositoryNameWithOwner ?? (variables.owner ? `${variables.owner}/${variables.repo}` : undefined);
      const repository = repositories.find((one) => name === undefined || `${one.owner}/${one.name}` === name);
      const fake = { method, path: "/graphql", query: at.searchParams, body, token };
      return repository ? graphql(fake, { ...world, repository }) : notFound();
    }
    if (method === "GET" && at.pathname === `${API}/user`) {
      const { login, isBot } = token;
      return isBot ? forbidden() : answer(200, { ...userJson(login, isBot), name: login.toUpperCase(), email: null });
    }
    const [, owner, name, rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(at.pathname.slice(API.length)) ?? [];
    const repository = repositories.find((one) => one.owner === owner && one.name === name);
    if (!repository) return notFound();
    const context: Context = { ...world, repository };
    for (const [verb, pattern, run] of [...routes, ...appRoutes]) {
      const match = verb === method ? pattern.exec(rest) : null;
      if (match)
        return run({ method, path: at.pathname, query: at.searchParams, body, token }, context, match.slice(1));
    }
    return notFound();
  }

  function send(response: ServerResponse, { status, json, headers = {} }: FakeAnswer): void {
    const { link, ...others } = headers;
    response.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "x-ratelimit-remaining": "4999",
      "x-github-request-id": "0400:1:2:3:4",
      ...others,
      ...(link === undefined ? {} : { link: link.replace("BASE", url) }),
    });
    response.end(status === 204 ? undefined : JSON.stringify(json));
  }

  function tokenOf(header: string | undefined): FakeToken | null {
    const [scheme = "", value = ""] = (header ?? "").split(" ");
    const secret =
      scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString("utf8").split(":")[1] : value;
    return tokens.get(secret ?? "") ?? null;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;

  return {
    url,
    apiUrl: `${url}${API}`,
    graphqlUrl: `${url}/api/graphql`,
    log,
    faults,
    addRepository({ owner = "outdoor", name = "shop", isPrivate = false } = {}) {
      const folder = join(root, owner);
      mkdirSync(folder, { recursive: true });
      const bare = createBareRepository(join(folder, `${name}.git`));
      const hook = join(bare.path, "hooks/pre-receive");
      mkdirSync(join(bare.path, "hooks"), { recursive: true });
      writeFileSync(hook, protectionHook);
      chmodSync(hook, 0o755);
      const repository: FakeRepository = {
        owner,
        name,
        isPrivate,
        defaultBranch: "main",
        bare,
        protectedBranches: new Set(),
        allowsActionsPullRequests: true,
        collaborators: new Map(),
        pulls: [],
        checks: [],
        reactions: [],
        sarif: [],
      };
      repositories.push(repository);
      return repository;
    },
    oauth,
    revokeTokensOf(login) {
      for (const [secret, token] of tokens) if (token.login === login) tokens.delete(secret);
    },
    addToken: (secret, token) => void tokens.set(secret, token),
    installApp: (app) => void apps.push(app),
    openPull(repository, { head, headRepo, sha, user = "ada", title = "Change the schema" }) {
      const number = Math.max(0, ...repository.pulls.map((pull) => pull.number)) + 1;
      const own = `${repository.owner}/${repository.name}`;
      const tip = sha ?? repository.bare.resolve(`refs/heads/${head}`);
      if (tip === null) throw new Error(`no branch ${head}`);
      repository.bare.setRef(`refs/pull/${number}/head`, tip);
      const pull: FakePull = {
        number,
        title,
        body: "",
        headRef: head,
        headRepo: headRepo ?? own,
        baseRef: repository.defaultBranch,
        state: "open",
        merged: false,
        user,
        labels: new Set(),
        comments: [],
        threads: [],
        reviews: [],
      };
      repository.pulls.push(pull);
      return pull;
    },
    sync: () => repositories.forEach(syncPulls),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const whole = Buffer.concat(chunks).toString("utf8");
  return whole === "" ? {} : Object(JSON.parse(whole));
}
