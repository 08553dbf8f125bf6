import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import { packet, TDS } from "./tds-packets.ts";

/** The server's side of TLS in TDS: the handshake travels inside PRELOGIN packets, what follows it does not. */
export function secureServerSide(
  socket: Socket,
  { key, cert }: { readonly key: string; readonly cert: string },
): Duplex {
  let isShakingHands = true;
  let waiting: Buffer = Buffer.alloc(0);
  const inner = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      socket.write(isShakingHands ? packet(TDS.prelogin, chunk) : chunk);
      done();
    },
    destroy(_error, done) {
      socket.destroy();
      done(null);
    },
  });
  socket.on("data", (chunk: Buffer) => {
    // A record of TLS never begins with the type of a PRELOGIN packet.
    if (waiting.length === 0 && chunk[0] !== TDS.prelogin) return void inner.push(chunk);
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 8 && waiting.length >= waiting.readUInt16BE(2)) {
      const length = waiting.readUInt16BE(2);
      inner.push(waiting.subarray(8, length));
      waiting = waiting.subarray(length);
    }
  });
  socket.on("close", () => inner.destroy());
  const secure = new TLSSocket(inner, {
    isServer: true,
    secureContext: createSecureContext({ key, cert, maxVersion: "TLSv1.2" }),
  });
  // The last flight of the handshake is still wrapped.
  secure.once("secure", () => setImmediate(() => (isShakingHands = false)));
  return secure;
}
