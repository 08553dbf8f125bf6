import { lockModes, type Finding, type LockMode, type Measurement, type Severity } from "#schemas/finding.ts";
import { lockWords } from "../lock-words.ts";
import { isAtLeast, rank, type ReviewedStatement } from "../statement.ts";

export const ICON: Readonly<Record<Severity, string>> = { error: "✖", warning: "⚠", info: "ℹ" };

/** `1 error`, `2 errors`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** `1 query`, `2 queries`. */
export const queriesWords = (count: number): string => `${count} ${count === 1 ? "query" : "queries"}`;

export const severities = ["error", "warning", "info"] as const;

export function countSeverities(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** `2 errors, 1 warning`; nothing for severities that do not occur, `nothing found` for none at all. */
export function severityWords(findings: readonly Finding[], separator = ", "): string {
  const counts = countSeverities(findings);
  const word = { error: "error", warning: "warning", info: "note" };
  const parts = severities.flatMap((severity) =>
    counts[severity] > 0 ? [counted(counts[severity], word[severity])] : [],
  );
  return parts.length === 0 ? "nothing found" : parts.join(separator);
}

/** The strongest lock on each relation that somebody may wait for, strongest first. */
export function strongLocks({ locks }: Measurement): Measurement["locks"] {
  const strongest = new Map<string, Measurement["locks"][number]>();
  for (const lock of locks) {
    const before = strongest.get(lock.relation);
    if (!before || rank(before.mode) < rank(lock.mode)) strongest.set(lock.relation, lock);
  }
  return [...strongest.values()]
    .filter(({ mode }) => isAtLeast(mode, "RowExclusiveLock"))
    .toSorted((a, b) => lockModes.indexOf(b.mode) - lockModes.indexOf(a.mode));
}

/** `ACCESS EXCLUSIVE on sales.orders · reads all of sales.orders`. */
export function measurementWords(measurement: Measurement): string {
  return factWords(measurement).join(" · ") || "no lock that anybody waits for";
}

/** The facts of a measurement, each in words. */
export function factWords(measurement: Measurement): readonly string[] {
  return [
    ...strongLocks(measurement).map(({ relation, mode }) => `${lockWords(mode)} on ${relation}`),
    ...measurement.rewrites.map((relation) => `writes ${relation} anew`),
    ...measurement.scans.map((relation) => `reads all of ${relation}`),
  ];
}

/** Locks on what is said to be concerned that the transaction had taken before the statement. */
export function heldLocks(
  { held }: ReviewedStatement,
  findings: readonly Finding[],
): readonly { readonly relation: string; readonly mode: LockMode; readonly line: number }[] {
  const objects = findings.flatMap((finding) => finding.objects);
  return [...held].flatMap(([relation, { mode, line }]) =>
    objects.includes(relation) && isAtLeast(mode, "ShareLock") ? [{ relation, mode, line }] : [],
  );
}

/** What the sizes and measurements of a report rest on. */
export function measuredWords(measured: {
  readonly engine: { readonly name: string; readonly version: string };
  readonly isByRule?: true;
  readonly forVersion?: string;
  readonly sizesOf?: string;
}): string {
  const { engine, forVersion, sizesOf } = measured;
  const target = forVersion === undefined ? "" : ` for your ${forVersion}`;
  const sizes = sizesOf === undefined ? "table sizes unknown" : `sizes of ${sizesOf}`;
  if (measured.isByRule) return `by rule for ${engine.name} ${engine.version}, nothing was run · ${sizes}`;
  return `measured on embedded ${engine.name} ${engine.version}${target} · ${sizes}`;
}

/** A text that ends with one full stop, whoever wrote it. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A statement that ends with one semicolon. */
export const terminated = (sql: string): string => `${sql.replace(/[;\s]+$/, "")};`;

/** Whether every step of the safe form was run. */
export const isProven = ({ rewrite }: Finding): boolean =>
  rewrite?.steps.every(({ measured }) => measured !== undefined) === true;
