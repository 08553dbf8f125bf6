import { createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { packet, TDS, takeMessages } from "./tds-packets.ts";
import {
  doneToken,
  environmentToken,
  errorToken,
  jsonRows,
  loginAck,
  preloginAnswer,
  readLogin,
} from "./tds-tokens.ts";
import { secureServerSide } from "./tds-tls.ts";

/** How the server answers a batch: one JSON text for each result set, or what else servers do. */
export type TdsAnswer =
  | { readonly kind: "rows"; readonly sets: readonly (string | null)[] }
  | { readonly kind: "error"; readonly number: number; readonly message: string }
  /** Never. */
  | { readonly kind: "silence" }
  /** Half of the rows, then the connection is closed. */
  | { readonly kind: "cut"; readonly sets: readonly (string | null)[] };

export interface TdsServerOptions {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Key and certificate in PEM; without them the server offers no encryption. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly answer: (sql: string) => TdsAnswer;
}

export interface TdsServer {
  readonly port: number;
  /** Batches and statements received, in order. */
  readonly asked: readonly string[];
  /** Requests that the client called off. */
  readonly attentions: () => number;
  close(): Promise<void>;
}

/**
 * The server's side of TDS 7.4, as far as the unmodified client needs it: sign-in with its password, encryption, batches,
 * sp_executesql, errors and attention. It knows no SQL: `answer` decides.
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-tds
 */
export async function startTdsServer(options: TdsServerOptions): Promise<TdsServer> {
  const asked: string[] = [];
  let attentions = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    serve(socket, options, {
      ask: (sql) => void asked.push(sql),
      attend: () => void attentions++,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return {
    port: address.port,
    asked,
    attentions: () => attentions,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Listener {
  readonly ask: (sql: string) => void;
  readonly attend: () => void;
}

function serve(socket: Socket, options: TdsServerOptions, listener: Listener): void {
  // The first message is in the clear; with encryption everything behind it goes through TLS.
  takeMessages(socket, (type, body) => {
    if (type !== TDS.prelogin) return false;
    const wantsTls = options.tls !== undefined && asksForTls(body);
    socket.write(packet(TDS.answer, preloginAnswer(wantsTls)));
    converse(wantsTls && options.tls ? secureServerSide(socket, options.tls) : socket, options, listener);
    return true;
  });
}

/** The encryption option of PRELOGIN: 0 off, 1 on, 2 not supported, 3 required. */
function asksForTls(body: Buffer): boolean {
  for (let at = 0; body[at] !== undefined && body[at] !== 0xff; at += 5) {
    if (body[at] !== 1) continue;
    const value = body[body.readUInt16BE(at + 1)];
    return value === 1 || value === 3;
  }
  return false;
}

function converse(stream: Duplex, options: TdsServerOptions, listener: Listener): void {
  stream.on("error", () => undefined);
  const send = (...tokens: readonly Buffer[]): void => void stream.write(packet(TDS.answer, Buffer.concat(tokens)));
  takeMessages(stream, (type, body) => {
    if (type === TDS.login) {
      const { user, password, database } = readLogin(body);
      const refusal = refusalOf(options, { user, password, database });
      if (refusal) send(errorToken(refusal.number, refusal.message), doneToken({ isError: true }));
      else send(environmentToken(database), loginAck(), doneToken({}));
    } else if (type === TDS.attention) {
      listener.attend();
      send(doneToken({ isAttention: true }));
    } else if (type === TDS.batch || type === TDS.rpc) {
      const headers = body.readUInt32LE(0);
      const sql = type === TDS.batch ? body.subarray(headers).toString("utf16le") : rpcText(body.subarray(headers));
      listener.ask(sql);
      reply(stream, send, options.answer(sql));
    } else send(doneToken({}));
    return false;
  });
}

function reply(stream: Duplex, send: (...tokens: readonly Buffer[]) => void, answer: TdsAnswer): void {
  if (answer.kind === "silence") return;
  if (answer.kind === "error") return send(errorToken(answer.number, answer.message), doneToken({ isError: true }));
  const last = answer.sets.length - 1;
  const tokens = answer.sets.flatMap((text, at) => [jsonRows(text), doneToken({ rows: 1, hasMore: at < last })]);
  if (answer.kind === "rows") return send(...(tokens.length === 0 ? [doneToken({})] : tokens));
  const whole = packet(TDS.answer, Buffer.concat(tokens));
  stream.write(whole.subarray(0, Math.floor(whole.length / 2)), () => stream.destroy());
}

/** The statement of sp_executesql stands in the body as UTF-16 between its types. */
function rpcText(body: Buffer): string {
  const text = body.toString("utf16le");
  return text.slice(text.search(/[a-z]{3}/i));
}

function refusalOf(
  options: TdsServerOptions,
  given: { readonly user: string; readonly password: string; readonly database: string },
): { readonly number: number; readonly message: string } | null {
  if (given.user !== options.user || given.password !== options.password)
    return { number: 18_456, message: `Login failed for user '${given.user}'.` };
  if (given.database !== "" && given.database !== options.database)
    return {
      number: 4060,
      message: `Cannot open database "${given.database}" requested by the login. The login failed.`,
    };
  return null;
}
