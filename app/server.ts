import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isThisMachine } from "#schemas/dialects/live-target.ts";
import { ProblemError } from "#schemas/problem.ts";
import { callerOf } from "./caller.ts";
import { silentLog, type ServerLog } from "./log.ts";
import { answerMetrics, type MetricsRoute } from "./metrics-route.ts";
import type { QueryHandler } from "./query/handler.ts";
import { refusalOfAsker, type AskingRules } from "./query/who-may-ask.ts";
import { staticSite, type StaticSite } from "./static-site.ts";

export interface ServerOptions {
  /** Asked for; a port in use gives the next free one, 0 any free one. Default 4400. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  readonly host?: string;
  /** Folder of the built site. Default: there is no site. */
  readonly siteDir?: string;
  readonly handler: QueryHandler;
  /** Path under which everything is served, such as `/shop`. Default none. */
  readonly basePath?: string;
  /** Host names of this server besides `localhost` and its addresses. Default none. */
  readonly hosts?: readonly string[];
  /** True takes the port that is asked for or fails; default false takes the next free one. */
  readonly isPortFixed?: boolean;
  /** Proxies in front, whose word on the caller's address counts. Default 0. */
  readonly proxies?: number;
  /** Serves the figures below `/metrics`. Default: there are none. */
  readonly metrics?: MetricsRoute;
  /** Answers addresses of its own before the query function and the site do. Default: there are none. */
  readonly extra?: ExtraRoute;
  readonly log?: ServerLog;
}

/** A part of the server with an address of its own, such as the receiver of webhooks. */
export interface ExtraRoute {
  /** Path below the base path. */
  readonly path: string;
  /** Name in the figures. */
  readonly name: string;
  /** Answers; a rejection becomes a 500. */
  readonly answer: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
}

export interface RunningServer {
  /** Where to find it, with a slash at the end. */
  readonly url: string;
  /** Takes no more requests, lets those at work end, and resolves when none is left or the time is over. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

export const DEFAULT_PORT = 4400;

/** Ports that are tried after the one asked for. */
const MOST_PORTS = 20;
/** Docker and most hosts kill ten seconds after they asked to end. */
export const GRACE_MS = 8_000;

/** Serves the query function and the site on one port. Throws `ProblemError` when no port can be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { siteDir, handler, basePath = "", hosts = [], host = "127.0.0.1", log = silentLog, proxies = 0 } = options;
  const { metrics, extra, isPortFixed = false } = options;
  const asking = { hosts, takesAddresses: !isThisMachine(host) };
  const state = { isDraining: false };
  const site = siteDir === undefined ? null : staticSite(siteDir, { basePath });
  const parts = { site, handler, basePath, asking, proxies, metrics, extra, state };
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: KEEP_ALIVE_MS },
    (incoming, outgoing) => {
      const begin = performance.now();
      const route = routeOf(incoming, parts);
      outgoing.once("close", () => {
        const seconds = (performance.now() - begin) / 1000;
        const { method = "", url = "" } = incoming;
        const status = outgoing.writableFinished ? outgoing.statusCode : CLIENT_LEFT;
        metrics?.metrics.request({ method, route: route.name, status, seconds });
        // What stands behind the question mark may be a value.
        log.debug("Request.", { method, path: url.split("?")[0], status, milliseconds: Math.round(seconds * 1000) });
      });
      respond(incoming, outgoing, { parts, route }).catch((error: unknown) => {
        // A caller who left ends the pipe; nothing else can fail here but the files themselves.
        const reason = error instanceof Error ? error.message : String(error);
        if (!outgoing.destroyed) log.error("A request failed.", { route: route.name, reason });
        if (!outgoing.headersSent) outgoing.writeHead(500);
        outgoing.end();
      });
    },
  );
  const asked = options.port ?? DEFAULT_PORT;
  const port = await listen(server, { port: asked, host, most: isPortFixed ? 0 : MOST_PORTS });
  if (asked !== 0 && port !== asked) log.warn(`Port ${asked} is in use; port ${port} serves instead.`);
  return {
    url: `http://${urlHost(host)}:${port}${basePath}/`,
    close: ({ graceMs = GRACE_MS } = {}) => {
      state.isDraining = true;
      return drain(server, graceMs);
    },
  };
}

/**
 * Longer than proxies keep a line that nobody uses (nginx and AWS 60 s): closed by us first, it would be closed under a request
 * that is on its way, which the proxy answers with 502.
 */
const KEEP_ALIVE_MS = 75_000;

/** nginx's word for a caller that left. */
const CLIENT_LEFT = 499;

interface Parts {
  readonly site: StaticSite | null;
  readonly handler: QueryHandler;
  readonly basePath: string;
  readonly asking: AskingRules;
  readonly proxies: number;
  readonly metrics: MetricsRoute | undefined;
  readonly extra: ExtraRoute | undefined;
  readonly state: { readonly isDraining: boolean };
}

type Found = { readonly name: string; readonly answer?: ExtraRoute["answer"] };

/** What answers a request, by its path alone. */
function routeOf({ url = "/" }: IncomingMessage, { handler, basePath, metrics, extra }: Parts): Found {
  const path = url.split("?")[0] ?? "/";
  if (metrics && path === `${basePath}/metrics`)
    return { name: "metrics", answer: (incoming, outgoing) => answerMetrics(incoming, outgoing, metrics) };
  if (extra && path === basePath + extra.path) return extra;
  return { name: handler.owns(path) ? (handler.nameOf(path) ?? "unknown") : "site" };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { parts, route }: { readonly parts: Parts; readonly route: Found },
): Promise<void> {
  if (parts.state.isDraining) {
    outgoing.setHeader("connection", "close");
    if (route.name === "readyz") return refuse(outgoing, 503, "The server is being stopped.");
  }
  if (route.answer) return await route.answer(incoming, outgoing);
  const request = toRequest(incoming, outgoing);
  if (request === null) return refuse(outgoing, 400, "Bad request");
  const { pathname } = new URL(request.url);
  if (parts.handler.owns(pathname)) {
    const caller = callerOf(incoming, parts.proxies);
    return send(outgoing, await parts.handler.handle(request, caller), request.method);
  }
  const refusal = refusalOfAsker(request, parts.asking);
  if (refusal !== null) return refuse(outgoing, 403, refusal);
  const closed = await parts.handler.refusalOfPage?.(request);
  if (closed) return send(outgoing, closed, request.method);
  if (request.method !== "GET" && request.method !== "HEAD") {
    outgoing.setHeader("allow", "GET, HEAD");
    return refuse(outgoing, 405, "Pages are read with GET.");
  }
  const { basePath, site } = parts;
  if (site === null) return refuse(outgoing, 404, "There is no site here.");
  if (pathname === basePath || (basePath !== "" && pathname === "/")) {
    outgoing.writeHead(308, { location: `${basePath}/` }).end();
    return;
  }
  const below = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : null;
  const answer = await site.read(below, { ifNoneMatch: incoming.headers["if-none-match"] });
  const length = answer.body === null ? {} : { "content-length": String(answer.body.length) };
  outgoing.writeHead(answer.status, { ...answer.headers, ...cachingOf(parts, answer.headers), ...length });
  outgoing.end(request.method === "HEAD" ? undefined : (answer.body ?? undefined));
}

/** Pages that not everybody may read lie in no shared cache, whatever their names promise. */
function cachingOf({ handler }: Parts, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (handler.isPrivate !== true) return {};
  const told = headers["cache-control"] ?? "no-cache";
  return { "cache-control": `private, ${told.replace("public, ", "")}`, vary: "cookie, authorization" };
}

/** What came in as the web has it; null when it is no request to this server. */
function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Request | null {
  const { method = "GET", url = "/", headers } = incoming;
  const base = `http://${headers.host ?? ""}`;
  // The path is appended, not resolved: `//evil.example/` must stay a path.
  if (!url.startsWith("/") || !URL.canParse(base) || !URL.canParse(base + url)) return null;
  if (method === "TRACE" || method === "CONNECT" || method === "TRACK") return null;
  const left = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of [value ?? []].flat()) given.append(name, each);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(base + url, {
    method,
    headers: given,
    signal: left.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
  });
}

async function send(outgoing: ServerResponse, response: Response, method: string): Promise<void> {
  // Each cookie is a line of its own.
  const cookies = response.headers.getSetCookie();
  const headers = Object.fromEntries(response.headers);
  outgoing.writeHead(response.status, { ...headers, ...(cookies.length === 0 ? {} : { "set-cookie": cookies }) });
  if (response.body === null || method === "HEAD") {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" });
  outgoing.end(`${message}\n`);
}

async function listen(
  server: Server,
  { port, host, most }: { readonly port: number; readonly host: string; readonly most: number },
): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(tried, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : tried;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code !== "EADDRINUSE" || tried - port >= most) throw noPort({ port, host, code }, error);
    }
  }
}

function noPort({ port, host, code }: { port: number; host: string; code: string }, cause: unknown): Error {
  const why = code === "EADDRINUSE" ? "is in use" : `cannot be listened on (${code})`;
  const help = "HOST and PORT, or --host and --port, name another address and port.";
  const message = `port ${port} of ${host} ${why}`;
  return new ProblemError([{ code: "QG603", severity: "error", message, help }], 3, cause);
}

async function drain(server: Server, graceMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await ended;
  clearTimeout(cut);
}

/** A server that listens on all addresses is found under its own. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
