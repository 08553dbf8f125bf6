import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { QueryHandler } from "./query/handler.ts";
import { refusalOfAsker } from "./query/who-may-ask.ts";
import { staticSite, type StaticSite } from "./static-site.ts";

export interface ServerOptions {
  /** Asked for; a port in use gives the next free one, 0 any free one. Default 4400. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  readonly host?: string;
  /** Folder of the built site. */
  readonly siteDir: string;
  readonly handler: QueryHandler;
  /** Path under which everything is served, such as `/shop`. Default none. */
  readonly basePath?: string;
  /** Host names of this server besides `localhost` and its addresses. Default none. */
  readonly hosts?: readonly string[];
  /** Gets sentences for the person who started the server. Default: told to nobody. */
  readonly tell?: (sentence: string) => void;
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
const GRACE_MS = 10_000;

/** Serves the query function and the site on one port. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { siteDir, handler, basePath = "", hosts = [], host = "127.0.0.1", tell = () => undefined } = options;
  const site = staticSite(siteDir, { basePath });
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000 }, (incoming, outgoing) => {
    respond(incoming, outgoing, { site, handler, basePath, hosts }).catch((error: unknown) => {
      // A caller who left ends the pipe; nothing else can fail here but the files themselves.
      if (!outgoing.destroyed) tell(`A request failed: ${error instanceof Error ? error.message : String(error)}`);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  const asked = options.port ?? DEFAULT_PORT;
  const port = await listen(server, { port: asked, host });
  if (asked !== 0 && port !== asked) tell(`Port ${asked} is in use; port ${port} serves instead.`);
  return {
    url: `http://${urlHost(host)}:${port}${basePath}/`,
    close: ({ graceMs = GRACE_MS } = {}) => drain(server, graceMs),
  };
}

interface Parts {
  readonly site: StaticSite;
  readonly handler: QueryHandler;
  readonly basePath: string;
  readonly hosts: readonly string[];
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, parts: Parts): Promise<void> {
  const request = toRequest(incoming, outgoing);
  if (request === null) return refuse(outgoing, 400, "Bad request");
  const { pathname } = new URL(request.url);
  if (parts.handler.owns(pathname)) return send(outgoing, await parts.handler.handle(request), request.method);
  const refusal = refusalOfAsker(request, parts);
  if (refusal !== null) return refuse(outgoing, 403, refusal);
  if (request.method !== "GET" && request.method !== "HEAD") {
    outgoing.setHeader("allow", "GET, HEAD");
    return refuse(outgoing, 405, "Pages are read with GET.");
  }
  const { basePath, site } = parts;
  if (pathname === basePath || (basePath !== "" && pathname === "/")) {
    outgoing.writeHead(308, { location: `${basePath}/` }).end();
    return;
  }
  const below = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : null;
  const answer = await site.read(below, { ifNoneMatch: incoming.headers["if-none-match"] });
  const length = answer.body === null ? {} : { "content-length": String(answer.body.length) };
  outgoing.writeHead(answer.status, { ...answer.headers, ...length });
  outgoing.end(request.method === "HEAD" ? undefined : (answer.body ?? undefined));
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
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
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
  { port, host }: { readonly port: number; readonly host: string },
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
      const isBusy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isBusy || tried - port >= MOST_PORTS) throw error;
    }
  }
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
