import { connect, type Socket } from "node:net";

/** A socket that says no when the server would go on in the clear. */
export interface GuardedSocket {
  open(): Promise<Socket>;
  /** True when the server answered that it does not encrypt. */
  readonly offersNoTls: () => boolean;
  destroy(): void;
}

/**
 * The driver asks for encryption and signs in all the same when the server says that it has none (tedious 19:
 * `sentPrelogin` looks for ON and REQUIRED and else goes on), so that whoever is in between reads the password. Here the
 * answer is looked at first, and a connection without encryption is closed before anything is sent on it.
 */
export function guardedSocket({ host, port }: { readonly host: string; readonly port: number }): GuardedSocket {
  let socket: Socket | undefined;
  let isPlain = false;
  return {
    open: () =>
      new Promise((resolve, reject) => {
        const opened = connect(port, host);
        socket = opened;
        opened.once("error", reject);
        opened.once("connect", () => {
          opened.off("error", reject);
          guard(opened, () => (isPlain = true));
          resolve(opened);
        });
      }),
    offersNoTls: () => isPlain,
    destroy: () => void socket?.destroy(),
  };
}

/** Reads the first packet, however it is cut, before the driver does. */
function guard(socket: Socket, refuse: () => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    if (seen.length < HEADER || seen.length < seen.readUInt16BE(2)) return;
    socket.off("data", look);
    if (encrypts(seen.subarray(HEADER))) return;
    refuse();
    socket.destroy();
  };
  socket.on("data", look);
}

const HEADER = 8;
const ENCRYPTION = 1;
const END = 0xff;
/** ON and REQUIRED of [MS-TDS] 2.2.6.5. */
const ENCRYPTED: ReadonlySet<number> = new Set([1, 3]);

/** What the server's PRELOGIN says of encryption; an answer without a word of it counts as none. */
function encrypts(body: Buffer): boolean {
  for (let at = 0; at + 4 < body.length && body[at] !== END; at += 5) {
    if (body[at] === ENCRYPTION) return ENCRYPTED.has(body[body.readUInt16BE(at + 1)] ?? 0);
  }
  return false;
}
