import { z } from "zod";
import type { ModelName } from "#generators/ai/model-names.ts";
import { openGate, type Gate } from "../sign-in/gate.ts";
import { anonymous, databaseCaller, hasRole, type Identity } from "../sign-in/identity.ts";
import { howAnswered, type AnsweredRequest } from "./answered-request.ts";
import type { Assistant } from "./assistant.ts";
import type { AskOptions, ConnectionInfo } from "./connection.ts";
import type { CallerRate } from "./caller-rate.ts";
import { json, noConnection, nothingHere, tooOften } from "./plain-answers.ts";
import type { QueryConnection } from "./query-connection.ts";
import { openApiDocument } from "./openapi.ts";
import { eventStream, takesEvents, type StreamEvent } from "./event-stream.ts";
import { problemBody, problemResponse } from "./problem-response.ts";
import type { People } from "../sign-in/people.ts";
import type { Outcome } from "./query-failure.ts";
import { readBody } from "./read-body.ts";
import { matches, routes, type Route } from "./routes.ts";
import { askRequest, explainRequest, optimizeRequest, queryRequest } from "./schemas.ts";
import { refusalOfAsker } from "./who-may-ask.ts";

export interface HandlerOptions {
  /** The first one is the default. */
  readonly connections: readonly QueryConnection[];
  /** Who answers questions about a connection, by its name. Default nobody. */
  readonly assistants?: ReadonlyMap<string, Assistant>;
  /** Path under which everything is served, such as `/shop`; default none. */
  readonly basePath?: string;
  /** Host names of this server besides `localhost` and its addresses. Default none. */
  readonly hosts?: readonly string[];
  /** True takes requests for addresses in place of names, as a server that others reach must. Default false. */
  readonly takesAddresses?: boolean;
  /** How often one caller may ask. Default: no limit. */
  readonly rate?: CallerRate;
  /** Who asks and what is there for them. Default: a server that only this machine reaches. */
  readonly gate?: Gate;
  /** Answers what has to do with who somebody is. Default: nobody can sign in and nothing is remembered. */
  readonly people?: People;
  /** Whether what else the server does is ready. Default: it is. */
  readonly isReady?: () => boolean;
  /** Hears of each request that was answered, for figures and the audit log. Default: nobody. */
  readonly observe?: (answered: AnsweredRequest) => void;
  /** Requests that are worked on at a time; others are answered with 429. Default 16. */
  readonly concurrency?: number;
  /** Bytes a request's body may have. Default 256 KB. */
  readonly bodyBytes?: number;
  /** Version told in the OpenAPI document. Default 0. */
  readonly version?: string;
  /** Gets what went wrong with us, which callers are not told. Default: nothing is told. */
  readonly onError?: (error: unknown) => void;
}

export interface QueryHandler {
  /** Answers every request; never rejects. `caller` is who asks, such as an address; "" when nobody knows. */
  readonly handle: (request: Request, caller?: string) => Promise<Response>;
  /** True for addresses that `handle` answers; all others are the site's. */
  readonly owns: (pathname: string) => boolean;
  /** The answer in place of a page that the request may not read; null when it may. Default: all may be read. */
  readonly refusalOfPage?: (request: Request) => Promise<Response | null>;
  /** True when pages may not lie in shared caches. Default false. */
  readonly isPrivate?: boolean;
  /** Name of the route at an address, for figures; null when there is none. */
  readonly nameOf: (pathname: string) => Route["id"] | null;
}

const DEFAULT_CONCURRENCY = 16;
const DEFAULT_BODY_BYTES = 256 * 1024;

/** The query function (DESIGN §5.4): Request in, Response out, on any host. */
export function createHandler(options: HandlerOptions): QueryHandler {
  const { connections, basePath = "", hosts = [], concurrency = DEFAULT_CONCURRENCY, rate } = options;
  const asking = { hosts, takesAddresses: options.takesAddresses };
  const { gate = openGate({ isLocal: true }) } = options;
  const openApi = openApiDocument({ basePath, version: options.version ?? "0" });
  let working = 0;

  async function handle(request: Request, caller: string = ""): Promise<Response> {
    try {
      return await answer(request, caller);
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: CLIENT_LEFT });
      options.onError?.(error);
      return problemResponse(FAILED, 500);
    }
  }

  async function answer(request: Request, caller: string): Promise<Response> {
    const path = ownPath(new URL(request.url).pathname);
    const here = path === null ? [] : routes.filter((route) => matches(route, path));
    // Those who look after the server ask by its bare address; they learn nothing else.
    const refusal = here.every(isHealth) && here.length > 0 ? null : refusalOfAsker(request, asking);
    if (refusal !== null) return problemResponse({ code: "QG512", severity: "error", message: refusal });
    const route = here.find(
      ({ method }) => method === request.method || (method === "GET" && request.method === "HEAD"),
    );
    if (route === undefined) return nothingHere(request, here);
    if (route.isForAll === true) return toTold(route);
    const wait = route.method === "GET" && route.part !== "sign-in" ? 0 : (rate?.take(caller) ?? 0);
    if (wait > 0) return tooOften(wait);
    const identified = route.part === "sign-in" ? signingIn : await gate.identify(request);
    if (!identified.ok) return identified.response;
    const { identity } = identified;
    if (route.id === "models") return json(modelsFor(identity));
    if (route.id === "connections")
      return json(usable(identity).map((connection) => ({ ...connection.info, ready: connection.isReady() })));
    if (route.part !== undefined)
      return (await options.people?.answer(route, { request, identity })) ?? nothingHere(request, []);
    if (working >= concurrency) {
      const message = `The server works on ${concurrency} requests already.`;
      return problemResponse({ code: "QG511", severity: "error", message, help: "Ask again in a moment." });
    }
    working++;
    const leave = (): void => void working--;
    try {
      const response =
        route.id === "test"
          ? await testConnection(path ?? "", { request, identity, caller })
          : await ask(route, request, { caller, identity }, leave);
      // What is streamed is worked on until its end.
      if (!isStream(response)) leave();
      return response;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The models that the default connection's assistant would ask for somebody. */
  function modelsFor(identity: Identity): readonly ModelName[] {
    const assistant = options.assistants?.get(usable(identity)[0]?.info.name ?? "");
    return assistant?.models?.({ mayUseModels: hasRole(identity, "write") }) ?? [];
  }

  async function ask(route: Route, request: Request, who: Who, leave: () => void): Promise<Response> {
    const fresh = /\bno-(?:cache|store)\b/i.test(request.headers.get("cache-control") ?? "");
    const mayUseModels = hasRole(who.identity, "write");
    const asked = performance.now();
    let waited: number | null = null;
    const onTurn = (): void => void (waited ??= performance.now() - asked);
    const how = { signal: request.signal, caller: databaseCaller(who.identity), mayUseModels, fresh, onTurn };
    const response = await answerBy(route, request, { who, how, leave });
    // How long the database let it wait, as browsers' tools show it.
    if (waited !== null) response.headers.set("server-timing", `queue;dur=${Number(waited).toFixed(1)}`);
    return response;
  }

  async function answerBy(
    route: Route,
    request: Request,
    { who, how, leave }: { readonly who: Who; readonly how: AskOptions; readonly leave: () => void },
  ): Promise<Response> {
    const answerWith = answerTo(request, { route: route.id, ...who });
    const body = await readBody(request, options.bodyBytes ?? DEFAULT_BODY_BYTES);
    if (!body.ok) return problemResponse(body.problem, body.status);
    switch (route.id) {
      case "query":
        return answerWith(queryRequest, body.value, (connection, asked) => connection.query(asked, how));
      case "explain":
        return answerWith(explainRequest, body.value, (connection, asked) => connection.explain(asked, how));
      case "optimize":
        return answerWith(optimizeRequest, body.value, (connection, asked) =>
          assistantOf(connection, (assistant) => assistant.optimize(asked, how)),
        );
      case "ask":
        return answerWith(
          askRequest,
          body.value,
          (connection, asked, live) =>
            assistantOf(connection, (assistant) => assistant.ask(asked, { ...how, ...live })),
          takesEvents(request) ? leave : undefined,
        );
      default:
        throw new Error(`No answer to ${route.id}`);
    }
  }

  /** Asks a connection whether it answers. What its owner can do about it is in the answer, so only an admin may ask. */
  async function testConnection(
    path: string,
    { request, identity, caller }: Who & { readonly request: Request },
  ): Promise<Response> {
    const name = decodeSegment(path.split("/").at(-2) ?? "");
    const connection = hasRole(identity, "admin") ? connectionOf(identity, name) : null;
    if (connection === null) {
      tellOfRefusal(name, { route: "test", caller, identity, text: "" });
      return noConnection(name, identity, gate);
    }
    const how = { signal: request.signal, caller: databaseCaller(identity) };
    const outcome = await connection.query({ sql: "select 1" }, how);
    return outcome.ok ? json({ ok: true, elapsedMs: outcome.value.elapsedMs }) : problemResponse(outcome.problem);
  }

  /** Reads the body by its form, asks the connection that it names and tells what came of it. */
  function answerTo(request: Request, from: Pick<AnsweredRequest, "route"> & Who) {
    return async <T extends Asked>(
      schema: z.ZodType<T>,
      body: unknown,
      work: (
        connection: QueryConnection,
        asked: T,
        live: Pick<AskOptions, "onEvent" | "signal">,
      ) => Promise<Outcome<object>>,
      /** Given, the answer is streamed, and this is called at its end. */
      onEnd?: () => void,
    ): Promise<Response> => {
      const parsed = parseAsked(schema, body);
      if (!parsed.ok) {
        const help = "The request's form is described at /api/openapi.json.";
        return problemResponse({ code: "QG510", severity: "error", message: parsed.message, help });
      }
      const connection = connectionOf(from.identity, parsed.value.connection);
      if (connection === null) {
        const { connection: name, sql, question } = parsed.value;
        tellOfRefusal(name, { ...from, text: sql ?? question ?? "" });
        return noConnection(name, from.identity, gate);
      }
      const begin = performance.now();
      const tell = (how: Pick<AnsweredRequest, "status" | "code" | "rows">): void =>
        options.observe?.({
          ...from,
          connection: connection.info,
          text: parsed.value.sql ?? parsed.value.question ?? "",
          elapsedMs: performance.now() - begin,
          ...how,
        });
      const outcomeOf = async (live: Pick<AskOptions, "onEvent" | "signal"> = {}): Promise<Outcome<object>> => {
        try {
          const outcome = await meant(connection, parsed.value, await work(connection, parsed.value, live));
          tell(howAnswered(outcome));
          return outcome;
        } catch (error) {
          tell({ status: request.signal.aborted || live.signal?.aborted ? "left" : "error" });
          throw error;
        }
      };
      if (onEnd === undefined) return toResponse(await outcomeOf());
      return eventStream<ReturnType<typeof toEvent>>(
        async (say, left) => {
          try {
            const signal = AbortSignal.any([left, request.signal]);
            return toEvent(await outcomeOf({ onEvent: say, signal }));
          } catch (error) {
            if (!left.aborted && !request.signal.aborted) options.onError?.(error);
            return { kind: "problem", problem: problemBody(FAILED, 500) };
          }
        },
        { onEnd },
      );
    };
  }

  /** Tells the audit of who asked for what is not there for them; of names that nobody has too, in the same time. */
  function tellOfRefusal(
    name: string | undefined,
    from: Pick<AnsweredRequest, "route" | "caller" | "identity" | "text">,
  ): void {
    const connection = connections.find(({ info }) => name === undefined || info.name === name)?.info ?? unknown(name);
    options.observe?.({ ...from, connection, isHidden: true, status: "refused", code: "QG121", elapsedMs: 0 });
  }

  const usable = (identity: Identity): readonly QueryConnection[] =>
    connections.filter(({ info }) => gate.mayAsk(identity, info));

  function connectionOf(identity: Identity, name: string | undefined): QueryConnection | null {
    const found = usable(identity);
    return (name === undefined ? found[0] : found.find(({ info }) => info.name === name)) ?? null;
  }

  async function assistantOf(
    { info }: QueryConnection,
    work: (assistant: Assistant) => Promise<Outcome<object>>,
  ): Promise<Outcome<object>> {
    const assistant = options.assistants?.get(info.name);
    if (assistant) return await work(assistant);
    const message = `Nobody here knows the schema of ${JSON.stringify(info.name)}, so it can only be queried.`;
    return { ok: false, problem: { code: "QG121", severity: "error", message } };
  }

  /** Whoever knows the schema says what was probably meant by a name that does not exist. */
  async function meant<T>({ info }: QueryConnection, { sql }: Asked, outcome: Outcome<T>): Promise<Outcome<T>> {
    const assistant = options.assistants?.get(info.name);
    if (outcome.ok || sql === undefined || assistant?.meant === undefined) return outcome;
    return { ok: false, problem: await assistant.meant(outcome.problem, sql) };
  }

  function toTold({ id }: Route): Response {
    switch (id) {
      case "openapi":
        return json(openApi);
      case "livez":
        return json({ status: "ok" });
      case "readyz": {
        const isReady = options.isReady?.() ?? true;
        if (!isReady) return problemResponse({ code: "QG511", severity: "error", message: "The queue is full." }, 503);
        if (connections.every((connection) => connection.isReady())) return json({ status: "ok" });
        return problemResponse({ code: "QG301", severity: "error", message: "The database is being started." });
      }
      default:
        throw new Error(`No answer to ${id}`);
    }
  }

  /** The path below the base path; null outside of it. */
  function ownPath(pathname: string): string | null {
    return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : null;
  }

  return {
    handle,
    isPrivate: gate.isPrivate,
    refusalOfPage: (request) => gate.refusalOfPage(request),
    nameOf: (pathname) => {
      const path = ownPath(pathname);
      return path === null ? null : (routes.find((route) => matches(route, path))?.id ?? null);
    },
    owns: (pathname) => {
      const path = ownPath(pathname);
      return path !== null && (OWN.test(path) || routes.some((route) => route.path === path));
    },
  };
}

/** Characters of a name that nobody has, in the audit. */
const LONGEST_NAME = 100;

/** A name that stands for no connection, as the audit has it. */
const unknown = (name: string = ""): ConnectionInfo => ({
  name: name.slice(0, LONGEST_NAME),
  label: "unknown",
  isDefault: false,
  engine: "postgres",
  dialect: "postgres",
});

/** What all requests to a connection have. */
interface Asked {
  readonly connection?: string | undefined;
  readonly sql?: string | undefined;
  readonly question?: string | undefined;
}

function parseAsked<T>(
  schema: z.ZodType<T>,
  body: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string } {
  try {
    const parsed = schema.safeParse(body);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, message: z.prettifyError(parsed.error) };
  } catch (error) {
    // A list in a list in a list … ends the stack.
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, message: "The body is nested too deeply." };
  }
}

const FAILED = { code: "QG303", severity: "error", message: "The server failed to answer." } as const;

const isStream = (response: Response): boolean => response.headers.get("content-type") === "text/event-stream";

/** How a stream ends. */
function toEvent(outcome: Outcome<object>): StreamEvent & { readonly answer?: object; readonly problem?: object } {
  return outcome.ok
    ? { kind: "answer", answer: outcome.value }
    : { kind: "problem", problem: problemBody(outcome.problem) };
}

/** Addresses that no page has. */
const OWN = /^\/(?:api|auth)\//;

/** Who goes through a sign-in is nobody yet. */
const signingIn = { ok: true, identity: anonymous } as const;

interface Who {
  readonly caller: string;
  readonly identity: Identity;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const isHealth = ({ id }: Route): boolean => id === "livez" || id === "readyz";

/** nginx's word for a caller that left; nobody reads the answer. */
const CLIENT_LEFT = 499;

function toResponse(outcome: Outcome<object>): Response {
  if (!outcome.ok) return problemResponse(outcome.problem);
  const { value } = outcome;
  const age = "age" in value && typeof value.age === "number" ? value.age : null;
  return json(value, age === null ? {} : { age: String(age), "cache-status": "querygenie; hit" });
}
