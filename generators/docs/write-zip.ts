/** A file of an archive: its name with `/` between folders, and its bytes. */
export type ZipFile = readonly [name: string, content: Uint8Array];

/** 1 January 1980, the first day that ZIP knows: an archive depends on its files only. */
const DAY = 0x0021;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** Version 2.0: folders. */
const VERSION = 20;

/** Files as a ZIP archive, not compressed; for archives below 4 GB with fewer than 65,536 files. */
export function writeZip(files: readonly ZipFile[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const path = encoder.encode(name);
    // What both headers of a file say of it.
    const made = joined([short(VERSION), short(FLAGS), short(0), short(0), short(DAY)]);
    const sizes = joined([long(crc32(content)), long(content.length), long(content.length)]);
    const about = joined([made, sizes, short(path.length), short(0)]);
    const header = joined([long(0x04034b50), about, path]);
    const place = joined([short(0), short(0), short(0), long(0), long(offset)]);
    directory.push(joined([long(0x02014b50), short(VERSION), about, place, path]));
    parts.push(header, content);
    offset += header.length + content.length;
  }
  const listing = joined(directory);
  const count = short(files.length);
  const end = [long(0x06054b50), short(0), short(0), count, count, long(listing.length), long(offset), short(0)];
  return joined([...parts, listing, ...end]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const short = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
const long = (value: number): Uint8Array => joined([short(value & 0xffff), short(value >>> 16)]);

/** CRC-32 as in ISO 3309, bit by bit over a table of bytes. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
