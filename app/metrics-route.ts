import type { IncomingMessage, ServerResponse } from "node:http";
import { bears } from "./bearer-token.ts";
import { isOfThisMachine } from "./caller.ts";
import type { ServerMetrics } from "./metrics.ts";

export interface MetricsRoute {
  readonly metrics: ServerMetrics;
  /** Token with which others read the figures; without one only this machine does. */
  readonly token?: string | undefined;
}

/** Answers with the figures. Whoever may not read them learns not even that they are there. */
export async function answerMetrics(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { metrics, token }: MetricsRoute,
): Promise<void> {
  const isRead = incoming.method === "GET" || incoming.method === "HEAD";
  if (!isRead || !mayRead(incoming, token)) {
    outgoing.writeHead(404, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" });
    outgoing.end("Not found\n");
    return;
  }
  const body = await metrics.render();
  outgoing.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" });
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}

function mayRead(incoming: IncomingMessage, token: string | undefined): boolean {
  return token === undefined ? isOfThisMachine(incoming) : bears(incoming.headers.authorization, token);
}
