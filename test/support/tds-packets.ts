import type { Duplex } from "node:stream";

/** Types of messages. */
export const TDS = { batch: 0x01, rpc: 0x03, answer: 0x04, attention: 0x06, login: 0x10, prelogin: 0x12 } as const;

const HEADER = 8;
/** What a packet of 4,096 bytes holds. */
const MOST = 4096 - HEADER;
const LAST = 1;

/** A message in packets. The length of a packet is the one number that is big-endian. */
export function packet(type: number, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at === 0 || at < body.length; at += MOST) {
    const part = body.subarray(at, at + MOST);
    const header = Buffer.alloc(HEADER);
    header[0] = type;
    header[1] = at + MOST >= body.length ? LAST : 0;
    header.writeUInt16BE(part.length + HEADER, 2);
    header[6] = parts.length % 256;
    parts.push(header, part);
  }
  return Buffer.concat(parts);
}

/** Calls `take` with each whole message; true ends the listening, and what came behind it is put back. */
export function takeMessages(stream: Duplex, take: (type: number, body: Buffer) => boolean): void {
  let waiting: Buffer = Buffer.alloc(0);
  let bodies: Buffer[] = [];
  const onData = (chunk: Buffer): void => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= HEADER && waiting.length >= waiting.readUInt16BE(2)) {
      const length = waiting.readUInt16BE(2);
      const type = waiting[0] ?? 0;
      const isLast = ((waiting[1] ?? 0) & LAST) === LAST;
      bodies.push(waiting.subarray(HEADER, length));
      waiting = waiting.subarray(length);
      if (!isLast) continue;
      const body = Buffer.concat(bodies);
      bodies = [];
      if (!take(type, body)) continue;
      stream.off("data", onData);
      if (waiting.length > 0) stream.unshift(waiting);
      return;
    }
  };
  stream.on("data", onData);
}
