import type { KeptFiles } from "#generators/kept-files.ts";
import { digestOf } from "./digest.ts";
import { stableJson } from "./stringify-model.ts";

export interface KeptJsonInput {
  readonly kept: KeptFiles;
  /** Relative to the repository's root. */
  readonly path: string;
  readonly value: { readonly tables: readonly object[] };
}

/**
 * The same bytes as `stableJson` gives. A table that was written before is copied from the former file: writing tens of
 * megabytes takes longer than all else that one changed table asks for.
 */
export function keptJson({ kept, path, value }: KeptJsonInput): Uint8Array {
  const encoder = new TextEncoder();
  const former = formerTables(kept, path);
  const [head = "", tail = ""] = stableJson({ ...value, tables: value.tables.length === 0 ? [] : [0] }).split(HOLE, 2);
  const parts: Uint8Array[] = [encoder.encode(head)];
  const asked: string[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [at, table] of value.tables.entries()) {
    const before = encoder.encode(at === 0 ? OPEN : NEXT);
    const digest = digestOf(table);
    const text = former.get(digest) ?? encoder.encode(stableJson(table).trimEnd().replaceAll("\n", "\n    "));
    const from = length + before.length;
    asked.push(`${from} ${text.length} ${digest}`);
    parts.push(before, text);
    length = from + text.length;
  }
  if (value.tables.length > 0) parts.push(encoder.encode(CLOSE + tail));
  const content = joined(parts);
  kept.keep(path, { asked, key: "", content });
  return content;
}

// In JSON a line break stands between tokens only, so this is the list of the whole and nothing inside of it.
const OPEN = '\n  "tables": [\n    ';
const NEXT = ",\n    ";
const CLOSE = "\n  ]";
const HOLE = `${OPEN}0${CLOSE}`;

/** The tables of the former file as they stand there, by digest. */
function formerTables(kept: KeptFiles, path: string): ReadonlyMap<string, Uint8Array> {
  const former = kept.former(path);
  const found = new Map<string, Uint8Array>();
  for (const asked of former?.asked ?? []) {
    const [, from, length, digest = ""] = /^(\d+) (\d+) (.*)$/s.exec(asked) ?? [];
    found.set(digest, (former?.content ?? new Uint8Array()).subarray(Number(from), Number(from) + Number(length)));
  }
  return found;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
