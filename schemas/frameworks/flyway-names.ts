import { compareNumbers } from "./order.ts";

export interface FlywayName {
  readonly kind: "versioned" | "repeatable" | "undo" | "baseline" | "callback";
  /** As written, with dots; empty for those without one. */
  readonly version: string;
  readonly description: string;
}

/** What Flyway reads from a file's name with its default prefixes and separators; null when it would skip the file. */
export function parseFlywayName(file: string): FlywayName | null {
  const versioned = /^([VUB])(\d+(?:[._]\d+)*)(?:__(.*))?\.sql$/.exec(file);
  const kind = kinds[versioned?.[1] ?? ""];
  if (versioned && kind) {
    const version = (versioned[2] ?? "").replaceAll("_", ".");
    return { kind, version, description: spaced(versioned[3] ?? "") };
  }
  const repeatable = /^R__(.*)\.sql$/.exec(file);
  if (repeatable) return { kind: "repeatable", version: "", description: spaced(repeatable[1] ?? "") };
  const callback = /^((?:before|after)[A-Z]\w*?|createSchema)(?:__(.*))?\.sql$/.exec(file);
  return callback ? { kind: "callback", version: "", description: callback[1] ?? "" } : null;
}

/** Part by part as numbers; a missing part is 0, so `1.2` equals `1.2.0`. */
export function compareFlywayVersions(left: string, right: string): number {
  const a = left.split(".");
  const b = right.split(".");
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compareNumbers(a[index] ?? "0", b[index] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

const kinds: Readonly<Record<string, FlywayName["kind"]>> = { V: "versioned", U: "undo", B: "baseline" };

function spaced(description: string): string {
  return description.replaceAll("_", " ");
}
