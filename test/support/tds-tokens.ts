/** Tokens of the answers and what the client's messages say; numbers are little-endian unless a name says otherwise. */

/** VERSION and ENCRYPTION: 1 on, 2 not supported. */
export function preloginAnswer(hasTls: boolean): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, hasTls ? 1 : 2]);
}

/** Who signs in. Offsets and lengths stand from byte 36 on, four bytes for each text. */
export function readLogin(body: Buffer): {
  readonly user: string;
  readonly password: string;
  readonly database: string;
} {
  const bytesAt = (place: number): Buffer =>
    body.subarray(body.readUInt16LE(place), body.readUInt16LE(place) + body.readUInt16LE(place + 2) * 2);
  // Each byte of the password has its halves swapped and is changed by A5.
  const password = Buffer.from(bytesAt(44).map((byte) => (((byte ^ 0xa5) << 4) & 0xf0) | ((byte ^ 0xa5) >> 4)));
  return {
    user: bytesAt(40).toString("utf16le"),
    password: password.toString("utf16le"),
    database: bytesAt(68).toString("utf16le"),
  };
}

/** The database and the size of packets that hold from now on. */
export function environmentToken(database: string): Buffer {
  return Buffer.concat([change(1, database, "master"), change(4, "4096", "4096")]);
}

function change(type: number, now: string, before: string): Buffer {
  return sized(0xe3, Buffer.concat([Buffer.from([type]), shortText(now), shortText(before)]));
}

/** TDS 7.4, SQL Server 16. */
export function loginAck(): Buffer {
  const version = Buffer.from([0x74, 0, 0, 4]);
  return sized(0xad, Buffer.concat([Buffer.from([1]), version, shortText("Test server"), Buffer.from([16, 0, 0, 0])]));
}

export function errorToken(number: number, message: string): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number, 0);
  head[4] = 1;
  head[5] = 14;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(message.length);
  const text = Buffer.concat([length, Buffer.from(message, "utf16le")]);
  return sized(0xaa, Buffer.concat([head, text, shortText("test"), shortText(""), Buffer.from([1, 0, 0, 0])]));
}

/** One row with one column of nvarchar(max) called `json`, in chunks as long texts are sent. */
export function jsonRows(text: string | null): Buffer {
  const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
  const column = Buffer.concat([Buffer.from([0, 0, 0, 0, 9, 0, 0xe7, 0xff, 0xff]), collation, shortText("json")]);
  return Buffer.concat([Buffer.from([0x81, 1, 0]), column, Buffer.from([0xd1]), longText(text)]);
}

const CHUNK = 8000;

function longText(text: string | null): Buffer {
  if (text === null) return Buffer.alloc(8, 0xff);
  const bytes = Buffer.from(text, "utf16le");
  const total = Buffer.alloc(8);
  total.writeBigUInt64LE(BigInt(bytes.length));
  const parts: Buffer[] = [total];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const part = bytes.subarray(at, at + CHUNK);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(part.length);
    parts.push(length, part);
  }
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

export function doneToken(facts: {
  readonly rows?: number;
  readonly hasMore?: boolean;
  readonly isError?: boolean;
  readonly isAttention?: boolean;
}): Buffer {
  const token = Buffer.alloc(13);
  token[0] = 0xfd;
  const flags =
    Number(facts.hasMore === true) |
    (Number(facts.isError === true) << 1) |
    (Number(facts.rows !== undefined) << 4) |
    (Number(facts.isAttention === true) << 5);
  token.writeUInt16LE(flags, 1);
  token.writeUInt16LE(0xc1, 3);
  token.writeUInt32LE(facts.rows ?? 0, 5);
  return token;
}

function sized(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head[0] = type;
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

const shortText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "utf16le")]);
