import type { Problem, WithProblems } from "../problem.ts";
import { declaredEncoding } from "./sql/postgres/client-encoding.ts";

/**
 * Bytes of a file as text, without a byte order mark, line ends as they are. Null with a QG206 error when the file is
 * not text. A text that is no UTF-8 is read in the encoding its script declares, else as Windows-1252 with a warning:
 * every byte has a meaning there, so nothing but the letters beyond ASCII can be wrong.
 */
export function decodeText(bytes: Uint8Array, path: string): WithProblems<string | null> {
  const mark = byteOrderMark(bytes);
  const body = bytes.subarray(mark?.bytes ?? 0);
  const wide = mark === null ? wideEncoding(body) : mark.encoding;
  if (wide !== null && wide !== "utf-8") {
    const text = decode(body, wide);
    return text === null ? refused(path, `is no valid ${wide.toUpperCase()}`) : { value: text, problems: [] };
  }
  const kind = binaryKind(body);
  if (kind !== null) return refused(path, kind.message, kind.help);
  const text = decode(body, "utf-8");
  if (text?.startsWith(LFS_POINTER) === true) {
    return refused(path, "is a pointer of Git LFS, not its file", "Check out with LFS: lfs: true in actions/checkout.");
  }
  return text === null ? decodeSingleByte(body, path) : { value: text, problems: [] };
}

/** The encodings of an Encoding Standard decoder that are tried without a declaration. */
type UnicodeEncoding = "utf-8" | "utf-16le" | "utf-16be";

function byteOrderMark(bytes: Uint8Array): { readonly encoding: UnicodeEncoding; readonly bytes: number } | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", bytes: 3 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", bytes: 2 };
  // FF FE 00 00 would be UTF-32, which nothing writes SQL in; it is then refused as binary.
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return { encoding: "utf-16le", bytes: 2 };
  return null;
}

/**
 * UTF-16 without a mark, when it is beyond doubt: SQL is mostly ASCII, so one byte of each pair is mostly zero and the
 * other hardly ever, and never both.
 */
function wideEncoding(bytes: Uint8Array): UnicodeEncoding | null {
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1;
  if (pairs < 2 || bytes.length % 2 !== 0) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return null;
    if (bytes[at] === 0) evenZeros++;
    if (bytes[at + 1] === 0) oddZeros++;
  }
  if (oddZeros >= pairs * MOST && evenZeros <= pairs * HARDLY_ANY) return "utf-16le";
  if (evenZeros >= pairs * MOST && oddZeros <= pairs * HARDLY_ANY) return "utf-16be";
  return null;
}

/** What a file without text is; null for text. A NUL near the start is what git goes by too. */
function binaryKind(bytes: Uint8Array): { readonly message: string; readonly help: string } | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (startsWith(sample, pgDumpArchive)) {
    return {
      message: "is an archive of pg_dump, not a script",
      help: "Write a script instead: pg_dump --schema-only --format=plain.",
    };
  }
  const isCompressed = compressed.some((magic) => startsWith(sample, magic));
  if (isCompressed)
    return { message: "is compressed", help: "Commit it uncompressed, or leave it out of the sources." };
  const controls = sample.filter(isControl).length;
  if (!sample.includes(0) && controls <= sample.length * MOST_CONTROLS) return null;
  return { message: "is binary, not text", help: "Leave it out of the sources." };
}

function decodeSingleByte(bytes: Uint8Array, path: string): WithProblems<string | null> {
  const guess = decode(bytes, "windows-1252") ?? "";
  const name = declaredEncoding(guess);
  const label = name === null ? undefined : decoderOf(name);
  const text = label === undefined || label === "utf-8" ? null : decode(bytes, label);
  if (text !== null) return { value: text, problems: [] };
  const claim = name === null ? "declares no encoding" : `declares the encoding "${name}", which it is not`;
  const problem: Problem = {
    code: "QG206",
    severity: "warning",
    message: `${path} is no UTF-8 and ${claim}; it was read as Windows-1252`,
    help: "Save the file as UTF-8.",
    origin: { file: path, line: 1, column: 1 },
  };
  return { value: guess, problems: [problem] };
}

function refused(path: string, message: string, help = "Save the file as UTF-8."): WithProblems<null> {
  const origin = { file: path, line: 1, column: 1 };
  const problem: Problem = {
    code: "QG206",
    severity: "error",
    message: `${path} ${message}`,
    help,
    origin,
    makesIncomplete: true,
  };
  return { value: null, problems: [problem] };
}

/** Null when the bytes have no meaning in the encoding, or the platform does not know it. */
function decode(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** PostgreSQL and MySQL names of encodings, without punctuation, as labels of the Encoding Standard. */
function decoderOf(name: string): string | undefined {
  return decoders.get(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** Control characters that no editor writes: all but tab, line ends, form feed, backspace, escape, Ctrl-Z. */
function isControl(byte: number): boolean {
  return byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 26 && byte !== 27;
}

/** As many bytes as git looks at to tell text from binary. */
const SAMPLE_BYTES = 8000;

/** Shares of the sample's pairs and bytes. */
const MOST = 0.6;
const HARDLY_ANY = 0.1;
const MOST_CONTROLS = 0.02;

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** `PGDMP`. */
const pgDumpArchive = [0x50, 0x47, 0x44, 0x4d, 0x50];

/** gzip, zip, zstd, bzip2, xz. */
const compressed = [
  [0x1f, 0x8b, 0x08],
  [0x50, 0x4b, 0x03, 0x04],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
];

const decoders: ReadonlyMap<string, string> = new Map([
  ["big5", "big5"],
  ["cp1250", "windows-1250"],
  ["cp1251", "windows-1251"],
  ["cp1256", "windows-1256"],
  ["cp1257", "windows-1257"],
  ["cp866", "ibm866"],
  ["cp932", "shift_jis"],
  ["eucjp", "euc-jp"],
  ["euckr", "euc-kr"],
  ["gb18030", "gb18030"],
  ["gb2312", "gbk"],
  ["gbk", "gbk"],
  ["greek", "iso-8859-7"],
  ["hebrew", "iso-8859-8"],
  ["iso88591", "windows-1252"],
  ["iso885915", "iso-8859-15"],
  ["iso88592", "iso-8859-2"],
  ["iso88595", "iso-8859-5"],
  ["iso88596", "iso-8859-6"],
  ["iso88597", "iso-8859-7"],
  ["iso88598", "iso-8859-8"],
  ["iso88599", "windows-1254"],
  ["koi8", "koi8-r"],
  ["koi8r", "koi8-r"],
  ["koi8u", "koi8-u"],
  ["latin1", "windows-1252"],
  ["latin10", "iso-8859-16"],
  ["latin2", "iso-8859-2"],
  ["latin3", "iso-8859-3"],
  ["latin4", "iso-8859-4"],
  ["latin5", "windows-1254"],
  ["latin6", "iso-8859-10"],
  ["latin7", "iso-8859-13"],
  ["latin8", "iso-8859-14"],
  ["latin9", "iso-8859-15"],
  ["shiftjis", "shift_jis"],
  ["sjis", "shift_jis"],
  ["uhc", "euc-kr"],
  ["unicode", "utf-8"],
  ["utf8", "utf-8"],
  ["utf8mb3", "utf-8"],
  ["utf8mb4", "utf-8"],
  ["win1250", "windows-1250"],
  ["win1251", "windows-1251"],
  ["win1252", "windows-1252"],
  ["win1253", "windows-1253"],
  ["win1254", "windows-1254"],
  ["win1255", "windows-1255"],
  ["win1256", "windows-1256"],
  ["win1257", "windows-1257"],
  ["win1258", "windows-1258"],
  ["win866", "ibm866"],
  ["win874", "windows-874"],
  ["windows1251", "windows-1251"],
  ["windows1252", "windows-1252"],
]);
