import type { LockMode, Measurement } from "#schemas/finding.ts";
import { releaseNotes, type NewerFeature } from "#schemas/languages/sql/postgres/newer-features.ts";
import type { SchemaModel } from "#schemas/model.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem } from "#schemas/problem.ts";
import type { SourceRef } from "#schemas/source.ts";
import type { Act } from "./acts/act.ts";
import type { ReviewedStatement } from "./statement.ts";

/** What an older version does that the embedded engine does not, so that no measurement shows it. */
interface OlderEffect {
  /** The first major version that behaves as the embedded one. */
  readonly until: number;
  /** Where PostgreSQL says so. */
  readonly source: string;
  of(act: Act): Effect | null;
}

interface Effect {
  readonly rewrites?: ObjectId;
  readonly scans?: ObjectId;
  readonly lock?: { readonly relation: ObjectId; readonly mode: LockMode };
}

/** By the release notes of the version that changed it. */
const olderEffects: readonly OlderEffect[] = [
  {
    // Until 11 a default was written into every row.
    until: 11,
    source: releaseNotes(11),
    of: (act) =>
      act.kind === "add column" && act.column.default !== null && !act.table.isNew ? { rewrites: act.table.id } : null,
  },
  {
    // Until 12 a valid CHECK (column IS NOT NULL) spared no scan.
    until: 12,
    source: releaseNotes(12),
    of: (act) => (act.kind === "set not null" && !act.table.isNew ? { scans: act.table.id } : null),
  },
  {
    // Until 12 nobody could read the parent meanwhile.
    until: 12,
    source: releaseNotes(12),
    of: (act) =>
      act.kind === "attach partition" && !act.table.isNew
        ? { lock: { relation: act.table.id, mode: "AccessExclusiveLock" } }
        : null,
  },
];

/** What was measured, with what an older engine would do besides; then it says that it is declared. */
export function measurementBefore(
  measurement: Measurement,
  acts: readonly Act[],
  /** Major version that production runs. */
  engineMajor: number,
): Measurement {
  const effects = olderEffects
    .filter(({ until }) => engineMajor < until)
    .flatMap((effect) => acts.flatMap((act) => effect.of(act) ?? []));
  if (effects.length === 0) return measurement;
  const more = (known: readonly ObjectId[], of: "rewrites" | "scans"): readonly ObjectId[] => [
    ...new Set([...known, ...effects.flatMap((effect) => effect[of] ?? [])]),
  ];
  return {
    ...measurement,
    how: "declared",
    locks: [...measurement.locks, ...effects.flatMap(({ lock }) => lock ?? [])],
    rewrites: more(measurement.rewrites, "rewrites"),
    scans: more(measurement.scans, "scans"),
  };
}

/** Statements that production's version refuses though the embedded engine runs them. */
export function versionProblems(
  statements: readonly ReviewedStatement[],
  version: { readonly engineMajor: number; readonly head: SchemaModel },
): readonly Problem[] {
  return statements.flatMap(({ statement, syntax }) =>
    featureProblems(syntax.newer, { ...version, origin: statement.span }),
  );
}

/** One problem for each feature that the version lacks. */
export function featureProblems(
  features: readonly NewerFeature[],
  {
    engineMajor,
    head,
    origin,
  }: { readonly engineMajor: number; readonly head: SchemaModel; readonly origin: SourceRef },
): readonly Problem[] {
  return features
    .filter(({ since, call }) => engineMajor < since && !(call !== undefined && hasOwn(call, head)))
    .map(({ what, since }) => ({
      code: "QG431",
      severity: "error",
      message: `PostgreSQL ${engineMajor} does not have ${what}, which came with PostgreSQL ${since}`,
      help: `Write it without, or set engineVersion when production is newer. Source: ${releaseNotes(since)}`,
      origin,
    }));
}

/** A function of that name in the schema, or in an extension that had it before. */
const hasOwn = (name: string, { routines, extensions }: SchemaModel): boolean =>
  routines.some((routine) => routine.name === name) ||
  (name === "gen_random_uuid" && extensions.some((extension) => extension.name === "pgcrypto"));
