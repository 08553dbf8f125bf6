import instantiate from "libpg-query/wasm/libpg-query.js";
import type { LibPgQuery } from "libpg-query/wasm/libpg-query.js";

/** The result of one call. `error`: PostgreSQL refuses the text, `position` counts characters from 1, 0 is nowhere. */
export type Answer =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "error"; readonly message: string; readonly position: number }
  | { readonly kind: "exhausted" }
  | { readonly kind: "stopped" };

export interface Instance {
  /** The tree as JSON. */
  parse(sql: string): Answer;
  fingerprint(sql: string): Answer;
  normalize(sql: string): Answer;
}

export interface ParserOptions {
  /** Where `libpg-query.wasm` is found, for bundles and browsers. Default: beside libpg-query's script. */
  readonly locateFile?: (name: string) => string;
}

/** Instances of the parser, replaced when one breaks down. */
export interface Supply {
  run(task: (instance: Instance) => Answer): Answer;
}

/**
 * An instance that once ran out of stack or memory is damaged: it goes on for a while (28 overflows, measured) and then
 * answers every text with an error. So a spare stands ready, and the next one is made while the spare works. When
 * the spare is not ready yet, the damaged one serves until it is.
 */
export async function createSupply(options: ParserOptions): Promise<Supply> {
  const make = async (): Promise<Instance> => newInstance(await instantiate({ ...options, ...quiet }));
  const [first, second] = await Promise.all([make(), make()]);
  let current = first;
  let spare: Instance | null = second;
  let isDamaged = false;

  function replace(): boolean {
    isDamaged = spare === null;
    if (spare === null) return false;
    current = spare;
    spare = null;
    refill();
    return true;
  }

  function refill(): void {
    void make()
      .then((fresh) => {
        spare = fresh;
        if (isDamaged) replace();
        return undefined;
      })
      // Without a spare the parser works as before; what it cannot answer later is reported there.
      .catch(() => undefined);
  }

  return {
    run(task) {
      const answer = task(current);
      if (answer.kind === "value" || answer.kind === "error") return answer;
      const isReplaced = replace();
      // A text that stopped a damaged instance may be innocent.
      return answer.kind === "stopped" && isReplaced ? task(current) : answer;
    },
  };
}

/** Thrown from `onExit`, before Emscripten sets the exit code of our whole process to 1. */
class ParserExit extends Error {}

/** Out of memory, PostgreSQL prints its memory contexts and ends "the process". */
const quiet = {
  print: () => undefined,
  printErr: () => undefined,
  onExit: (status: number): void => {
    throw new ParserExit(`libpg-query exited with ${status}`);
  },
};

function newInstance(wasm: LibPgQuery): Instance {
  return {
    parse: (sql) => guarded(() => parse(wasm, sql)),
    fingerprint: (sql) => guarded(() => text(wasm, sql, (pointer) => wasm._wasm_fingerprint(pointer))),
    normalize: (sql) => guarded(() => text(wasm, sql, (pointer) => wasm._wasm_normalize_query(pointer))),
  };
}

/** After an exception nothing is freed: the instance is given up. */
function guarded(task: () => Answer): Answer {
  try {
    return task();
  } catch (error) {
    // A RangeError is a stack that overflowed, or a tree whose text is longer than a string can be.
    const isExhausted = error instanceof RangeError || error instanceof ParserExit;
    return { kind: isExhausted ? "exhausted" : "stopped" };
  }
}

/** Reads libpg_query's `PgQueryParseResult { char *tree; char *stderr; PgQueryError *error }`. */
function parse(wasm: LibPgQuery, sql: string): Answer {
  const input = toPointer(wasm, sql);
  const result = wasm._wasm_parse_query_raw(input);
  wasm._free(input);
  const tree = wasm.getValue(result, "i32");
  const error = wasm.getValue(result + 2 * POINTER, "i32");
  const answer: Answer = error === 0 ? { kind: "value", value: wasm.UTF8ToString(tree) } : parseError(wasm, error);
  wasm._wasm_free_parse_result(result);
  return answer;
}

/** Reads `PgQueryError { char *message, *funcname, *filename; int lineno, cursorpos; char *context }`. */
function parseError(wasm: LibPgQuery, error: number): Answer {
  const message = wasm.UTF8ToString(wasm.getValue(error, "i32"));
  const file = wasm.UTF8ToString(wasm.getValue(error + 2 * POINTER, "i32"));
  if (allocators.has(file)) return { kind: "exhausted" };
  return { kind: "error", message, position: wasm.getValue(error + 4 * POINTER, "i32") };
}

function text(wasm: LibPgQuery, sql: string, task: (pointer: number) => number): Answer {
  const input = toPointer(wasm, sql);
  const result = task(input);
  wasm._free(input);
  const value = wasm.UTF8ToString(result);
  wasm._wasm_free_string(result);
  return { kind: "value", value };
}

function toPointer(wasm: LibPgQuery, sql: string): number {
  const bytes = wasm.lengthBytesUTF8(sql) + 1;
  const pointer = wasm._malloc(bytes);
  wasm.stringToUTF8(sql, pointer, bytes);
  return pointer;
}

/** Bytes of a pointer and of an int in 32-bit WebAssembly. */
const POINTER = 4;

/** PostgreSQL's sources that report an exhausted memory. */
const allocators: ReadonlySet<string> = new Set(["aset.c", "mcxt.c"]);
