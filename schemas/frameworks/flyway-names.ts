import { flywayDefaults, type FlywayConfig } from "./flyway-config.ts";
import { compareNumbers } from "./order.ts";

export interface FlywayName {
  readonly kind: "versioned" | "repeatable" | "undo" | "baseline" | "callback";
  /** As written, with dots; empty for those without one. */
  readonly version: string;
  readonly description: string;
}

/** What Flyway reads from a file's name with a project's prefixes and separators; null when it would skip the file. */
export function parseFlywayName(file: string, config: FlywayConfig = flywayDefaults): FlywayName | null {
  const { prefixes, separator, suffixes } = config;
  const suffix = suffixes.find((one) => file.endsWith(one));
  if (suffix === undefined) return null;
  const stem = file.slice(0, file.length - suffix.length);
  const at = stem.indexOf(separator);
  const [head, description] = at < 0 ? [stem, ""] : [stem.slice(0, at), stem.slice(at + separator.length)];
  for (const kind of VERSIONED) {
    const prefix = prefixes[kind];
    const version = head.slice(prefix.length);
    if (head.startsWith(prefix) && /^\d+(?:[._]\d+)*$/.test(version))
      return { kind, version: version.replaceAll("_", "."), description: spaced(description) };
  }
  if (at >= 0 && head === prefixes.repeatable)
    return { kind: "repeatable", version: "", description: spaced(description) };
  const isCallback = /^(?:(?:before|after)[A-Z]\w*|createSchema)$/.test(head);
  return isCallback ? { kind: "callback", version: "", description: head } : null;
}

const VERSIONED = ["versioned", "undo", "baseline"] as const;

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

function spaced(description: string): string {
  return description.replaceAll("_", " ");
}
