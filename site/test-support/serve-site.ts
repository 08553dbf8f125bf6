import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** What the query function answers, by path and statement. */
export type FakeQueryFunction = (path: string, sql: string) => { readonly status: number; readonly body: unknown };

export interface ServedSite {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a built site below a base and, on the same port, a stand-in for the query function. Browsers keep its files for
 * ten minutes, as they keep those of GitHub Pages.
 */
export async function serveSite(folder: string, base: string, answer?: FakeQueryFunction): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const isApi = answer !== undefined && path.startsWith("/api/") && request.method === "POST";
    if (answer !== undefined && path === "/api/models") sendJson(response, { status: 200, body: [] });
    else void (isApi ? sendAnswer(request, response, path, answer) : sendFile(response, folder, base, path));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  answer: FakeQueryFunction,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const sql = typeof body === "object" && body !== null && "sql" in body ? String(body.sql) : "";
  sendJson(response, answer(path, sql));
}

function sendJson(response: ServerResponse, { status, body }: ReturnType<FakeQueryFunction>): void {
  response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(body));
}

async function sendFile(response: ServerResponse, folder: string, base: string, path: string): Promise<void> {
  const below = path.startsWith(base) ? normalize(path.slice(base.length)) : "..";
  const file = join(folder, below.endsWith("/") || below === "." ? join(below, "index.html") : below);
  const content = below.startsWith("..") ? null : await readFile(file).catch(() => null);
  if (content === null) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const type = types[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "max-age=600" }).end(content);
}
