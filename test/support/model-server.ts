import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerEvents, faultReply, type Protocol, type WireEnd, type WireFault, type WireUsage } from "./model-wire.ts";

/** What the server does with a call. */
export type ServerStep =
  | {
      readonly kind: "answer";
      readonly text: string | ((body: LoggedCall) => string);
      readonly end?: WireEnd;
      readonly usage?: Partial<WireUsage>;
    }
  | { readonly kind: "fault"; readonly fault: WireFault; readonly seconds?: number }
  /** No byte at all; after a part of the answer; a closed connection; half an answer, then closed; a clean but early end. */
  | { readonly kind: "hang" | "stall" | "reset" | "cut" | "early-end" }
  /** A page for people, of a proxy on the way. */
  | { readonly kind: "page"; readonly status: number }
  /** An event whose data is no JSON. */
  | { readonly kind: "malformed" };

export interface LoggedCall {
  readonly protocol: Protocol;
  readonly path: string;
  /** Value of the header that carries the key. */
  readonly key: string;
  readonly model: string;
  /** As it was sent. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly aborted: () => boolean;
}

export interface ModelServer {
  readonly port: number;
  /** Base URL of each protocol, as its SDK wants it. */
  readonly urls: Readonly<Record<Protocol, string>>;
  /** Calls for an answer, in order; look-ups of models are not among them. */
  readonly calls: readonly LoggedCall[];
  /** Look-ups of models. */
  readonly lookups: readonly string[];
  /** Replaces what is left of the script; the last step is repeated. */
  readonly play: (...steps: readonly ServerStep[]) => void;
  readonly close: () => Promise<void>;
}

const USAGE: WireUsage = { input: 120, cached: 20, output: 45, reasoning: 15 };

/** A server on this machine that speaks the wire of every provider, for the unmodified SDKs. */
export async function startModelServer(): Promise<ModelServer> {
  const calls: LoggedCall[] = [];
  const lookups: string[] = [];
  let script: readonly ServerStep[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const text = await read(request);
    if (request.method === "GET") {
      lookups.push(path);
      const step = script[0];
      return step?.kind === "fault" ? fail(response, protocolOf(path), step) : lookUp(response, path);
    }
    const protocol = protocolOf(path);
    const body = JSON.parse(text);
    const call = {
      protocol,
      path,
      key: keyOf(request),
      model: modelOf(path, body),
      text,
      body,
      aborted: () => response.destroyed,
    };
    calls.push(call);
    const [step, ...rest] = script;
    if (rest.length > 0) script = rest;
    if (!step) throw new Error("the server was asked without a step to follow");
    return perform(response, step, call);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the model server has no port");
  const { port } = address;
  const root = `http://127.0.0.1:${port}`;
  return {
    port,
    urls: { anthropic: root, openai: `${root}/v1`, chat: `${root}/v1`, gemini: root },
    calls,
    lookups,
    play: (...steps) => void (script = steps),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function perform(response: ServerResponse, step: ServerStep, call: LoggedCall): void {
  if (step.kind === "fault") return fail(response, call.protocol, step);
  if (step.kind === "hang") return;
  if (step.kind === "reset") return void response.destroy();
  if (step.kind === "page") {
    response.writeHead(step.status, { "content-type": "text/html" }).end("<html><body>Bad gateway</body></html>");
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const isAnswer = step.kind === "answer";
  let text = '{"text":"Orders of the shop, one row each."}';
  if (isAnswer) text = typeof step.text === "string" ? step.text : step.text(call);
  const usage = { ...USAGE, ...(isAnswer && step.usage) };
  const events = answerEvents(call.protocol, {
    model: call.model,
    text,
    usage,
    end: (isAnswer && step.end) || "complete",
  });
  if (isAnswer) return void response.end(events.join(""));
  if (step.kind === "malformed") {
    // Anthropic's SDK passes over an event without a name.
    const name = call.protocol === "anthropic" ? "event: content_block_delta\n" : "";
    return void response.end(`${events[0]}${name}data: {"type": nonsense\n\n`);
  }
  const part = events.slice(0, 2).join("");
  if (step.kind === "early-end") return void response.end(part);
  response.write(part, () => {
    if (step.kind === "cut") response.destroy();
  });
}

function fail(
  response: ServerResponse,
  protocol: Protocol,
  { fault, seconds }: Extract<ServerStep, { kind: "fault" }>,
): void {
  const { status, headers, body } = faultReply(protocol, fault, seconds);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function lookUp(response: ServerResponse, path: string): void {
  const model = decodeURIComponent(path.split("?")[0]?.split("/").at(-1) ?? "");
  const list = { object: "list", data: [{ id: "local-model", object: "model" }] };
  const one = {
    id: model,
    name: `models/${model}`,
    type: "model",
    object: "model",
    display_name: model,
    created_at: "2026-01-01T00:00:00Z",
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(model === "models" ? list : one));
}

function protocolOf(path: string): Protocol {
  if (path.startsWith("/v1beta/")) return "gemini";
  if (path.startsWith("/v1/messages")) return "anthropic";
  return path.includes("/chat/completions") ? "chat" : "openai";
}

function modelOf(path: string, body: unknown): string {
  const inPath = /\/models\/([^:/?]+)/.exec(path)?.[1];
  if (inPath !== undefined) return decodeURIComponent(inPath);
  return typeof body === "object" && body !== null && "model" in body ? String(body.model) : "";
}

function keyOf({ headers }: IncomingMessage): string {
  const key = headers["x-goog-api-key"] ?? headers["x-api-key"] ?? headers.authorization ?? "";
  return String(key).replace(/^Bearer /, "");
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
