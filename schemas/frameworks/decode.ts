import type { Problem, WithProblems } from "../problem.ts";

/** Pages of SQL Server's tools come as UTF-16, old dumps as Latin text: the bytes decide, never the file's name. */
export function decodeText(bytes: Uint8Array, path: string): WithProblems<string | null> {
  const encoding = encodingOf(bytes);
  if (encoding === "binary") return { value: null, problems: [notText(path, "is binary")] };
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.startsWith(LFS_POINTER)) return { value: null, problems: [lfsPointer(path)] };
    return { value: text, problems: [] };
  } catch {
    // Windows-1252 gives every byte a character, so nothing is lost that a person could not see and correct.
    return { value: new TextDecoder("windows-1252").decode(bytes), problems: [notUtf8(path)] };
  }
}

const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/** How much of a file is looked at to tell text from other data. */
const SAMPLE_BYTES = 8192;

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "binary" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd === 0) return "utf-8";
  // Latin text in UTF-16 has a zero in nearly every second byte and in no other.
  const most = sample.length / 2 - sample.length / 8;
  if (even === 0 && odd > most) return "utf-16le";
  if (odd === 0 && even > most) return "utf-16be";
  return "binary";
}

function notText(path: string, what: string): Problem {
  return {
    code: "QG206",
    severity: "error",
    message: `${path} ${what} and cannot be read as SQL`,
    help: "Remove it from the source, or export it as plain SQL (pg_dump without -Fc).",
    origin: { file: path, line: 1, column: 1 },
    makesIncomplete: true,
  };
}

function notUtf8(path: string): Problem {
  return {
    code: "QG206",
    severity: "warning",
    message: `${path} is not UTF-8 and was read as Windows-1252`,
    help: "Save the file as UTF-8 so that its texts are certain.",
    origin: { file: path, line: 1, column: 1 },
  };
}

function lfsPointer(path: string): Problem {
  return { ...notText(path, "is a Git LFS pointer"), help: "Check out with LFS: actions/checkout with lfs: true." };
}
