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
  const handshake = serverHandshake();
  let waiting: Buffer = Buffer.alloc(0);
  const inner = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      socket.write(isShakingHands ? packet(TDS.prelogin, chunk) : chunk);
      // What this very flight ends is seen in it: a moment later would be a guess that a busy machine proves wrong.
      isShakingHands &&= !handshake.isEndedBy(chunk);
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
  return new TLSSocket(inner, {
    isServer: true,
    secureContext: createSecureContext({ key, cert, maxVersion: "TLSv1.2" }),
  });
}

const CHANGE_CIPHER = 20;
const HANDSHAKE = 22;
const RECORD_HEADER = 5;

/** Of TLS 1.2: the server's handshake ends with the handshake record that follows its change of cipher. */
function serverHandshake(): { isEndedBy(flight: Buffer): boolean } {
  let hasChanged = false;
  return {
    isEndedBy(flight) {
      for (let at = 0; at + RECORD_HEADER <= flight.length; at += RECORD_HEADER + flight.readUInt16BE(at + 3)) {
        if (flight[at] === CHANGE_CIPHER) hasChanged = true;
        else if (flight[at] === HANDSHAKE && hasChanged) return true;
      }
      return false;
    },
  };
}
