/** One event: the name that browsers listen for, and its data. */
export interface StreamEvent {
  readonly kind: string;
}

/** Milliseconds after which a silent stream says that it lives: proxies cut what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/** True when a request wants events as they come. A browser that loads a page lists no events. */
export const takesEvents = (request: Request): boolean =>
  (request.headers.get("accept") ?? "").split(",").some((one) => one.trim().split(";")[0] === "text/event-stream");

/**
 * Streams what `work` says, and what it comes to as the last event. `work` is told to stop when the reader leaves;
 * `onEnd` is called once, when nothing is sent any more.
 */
export function eventStream<T extends StreamEvent>(
  work: (say: (event: StreamEvent) => void, signal: AbortSignal) => Promise<T>,
  { onEnd, heartbeatMs = HEARTBEAT_MS }: { readonly onEnd: () => void; readonly heartbeatMs?: number },
): Response {
  const left = new AbortController();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string): void => {
        if (!left.signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const say = (event: StreamEvent): void => write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
      const heartbeat = setInterval(() => write(": still at work\n\n"), heartbeatMs);
      try {
        say(await work(say, left.signal));
        if (!left.signal.aborted) controller.close();
      } catch (error) {
        // Only a reader who left stops the work; whatever else fails is an event of its own.
        if (!left.signal.aborted) controller.error(error);
      } finally {
        clearInterval(heartbeat);
        onEnd();
      }
    },
    cancel() {
      left.abort();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      // nginx would keep the pieces until there are many.
      "x-accel-buffering": "no",
    },
  });
}
