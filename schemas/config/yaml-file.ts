import { isMap, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import type { Document, Pair } from "yaml";
import type { Problem, WithProblems } from "../problem.ts";
import type { SourceRef } from "../source.ts";

export type KeyPath = readonly PropertyKey[];

/** A YAML file as data, with the place of everything in it. */
export interface YamlFile {
  readonly path: string;
  readonly data: unknown;
  /** Where a value stands; the nearest place above it when it is absent. */
  valueAt(path: KeyPath): SourceRef;
  /** Where a key stands. */
  keyAt(path: KeyPath): SourceRef;
}

/** Configuration files are pages long, not books; a bomb is refused before it is parsed. */
const MAX_CHARACTERS = 1_000_000;
/** Honest files repeat a few blocks; an alias bomb needs thousands. */
const MAX_ALIASES = 100;

/** Reads YAML that nobody vouches for: no tags beyond YAML's own, few aliases, no key twice. */
export function parseYaml(text: string, path: string): WithProblems<YamlFile | null> {
  if (text.length > MAX_CHARACTERS) {
    return {
      value: null,
      problems: [invalid(`${path} has more than ${MAX_CHARACTERS} characters`, { file: path, line: 1, column: 1 })],
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const place = (offset: number): SourceRef => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // A warning is a tag that nobody defined: read as plain text it would mean something else than it says.
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return {
      value: null,
      problems: faults.slice(0, 5).map((fault) => invalid(firstLine(fault.message), place(fault.pos[0]))),
    };
  }
  try {
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value: fileOf(document, { path, data, place }), problems: [] };
  } catch (error) {
    // The parser counts aliases while it builds the data, and can say so only by throwing.
    const message = error instanceof Error ? firstLine(error.message) : "it cannot be read";
    return { value: null, problems: [invalid(message, place(0))] };
  }
}

interface Parts {
  readonly path: string;
  readonly data: unknown;
  readonly place: (offset: number) => SourceRef;
}

function fileOf(document: Document.Parsed, { path, data, place }: Parts): YamlFile {
  const offsetOf = (at: KeyPath): number | undefined => {
    const node: unknown = at.length === 0 ? document.contents : document.getIn(at, true);
    return startOf(node);
  };
  const valueAt = (at: KeyPath): SourceRef => {
    for (let length = at.length; length >= 0; length -= 1) {
      const offset = offsetOf(at.slice(0, length));
      if (offset !== undefined) return place(offset);
    }
    return place(0);
  };
  const keyAt = (at: KeyPath): SourceRef => {
    const parent: unknown = at.length === 1 ? document.contents : document.getIn(at.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && keyOf(item) === at.at(-1)) : undefined;
    const offset = pair && startOf(pair.key);
    return offset === undefined ? valueAt(at) : place(offset);
  };
  return { path, data, valueAt, keyAt };
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}

function keyOf(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : pair.key;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/[:.]?\s*$/, "");
}

function invalid(message: string, origin: SourceRef): Problem {
  return {
    code: "QG101",
    severity: "error",
    message: `not valid YAML: ${message}`,
    help: "Check the indentation and the quotes around this line.",
    origin,
  };
}
