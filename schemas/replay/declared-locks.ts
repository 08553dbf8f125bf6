import type { LockMode, Measurement } from "../finding.ts";
import type { ObjectId } from "../object-id.ts";

/** A statement that PostgreSQL refuses inside a transaction, so that its locks are gone before they can be seen. */
export type DeclaredStatement =
  | {
      readonly what:
        | "create index concurrently"
        | "drop index concurrently"
        | "reindex concurrently"
        | "vacuum"
        | "vacuum full";
      readonly relation: ObjectId;
    }
  | { readonly what: "detach partition concurrently"; readonly relation: ObjectId; readonly partition: ObjectId };

interface DeclaredEffect {
  readonly lock: LockMode;
  readonly rewrites: boolean;
  readonly scans: boolean;
  /** Where PostgreSQL says so. */
  readonly source: string;
}

/** What those statements do, from PostgreSQL 18's manual. */
export const declaredEffects: Readonly<Record<DeclaredStatement["what"], DeclaredEffect>> = {
  "create index concurrently": {
    lock: "ShareUpdateExclusiveLock",
    rewrites: false,
    // It reads the table twice and waits for every transaction that could use the index in between.
    scans: true,
    source: "https://www.postgresql.org/docs/18/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  },
  "drop index concurrently": {
    lock: "ShareUpdateExclusiveLock",
    rewrites: false,
    scans: false,
    source: "https://www.postgresql.org/docs/18/sql-dropindex.html",
  },
  "reindex concurrently": {
    lock: "ShareUpdateExclusiveLock",
    rewrites: false,
    scans: true,
    source: "https://www.postgresql.org/docs/18/sql-reindex.html#SQL-REINDEX-CONCURRENTLY",
  },
  "detach partition concurrently": {
    lock: "ShareUpdateExclusiveLock",
    rewrites: false,
    scans: false,
    source: "https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION",
  },
  vacuum: {
    lock: "ShareUpdateExclusiveLock",
    rewrites: false,
    scans: true,
    source: "https://www.postgresql.org/docs/18/sql-vacuum.html",
  },
  "vacuum full": {
    lock: "AccessExclusiveLock",
    rewrites: true,
    scans: true,
    source: "https://www.postgresql.org/docs/18/sql-vacuum.html",
  },
};

/** The effect of such a statement in the form of a measurement; undefined when there is nothing to declare. */
export function declaredMeasurement(statements: readonly DeclaredStatement[]): Measurement | undefined {
  if (statements.length === 0) return undefined;
  const effects = statements.map((statement) => ({ ...declaredEffects[statement.what], statement }));
  const partitions = statements.flatMap((statement) => ("partition" in statement ? [statement.partition] : []));
  const relationsWith = (fact: "rewrites" | "scans"): ObjectId[] =>
    effects.flatMap((effect) => (effect[fact] ? [effect.statement.relation] : []));
  return {
    how: "declared",
    locks: [
      ...effects.map(({ lock, statement }) => ({ relation: statement.relation, mode: lock })),
      // The second transaction of DETACH … CONCURRENTLY takes ACCESS EXCLUSIVE on the partition alone.
      ...partitions.map((relation) => ({ relation, mode: "AccessExclusiveLock" as const })),
    ],
    rewrites: relationsWith("rewrites"),
    scans: relationsWith("scans"),
    created: [],
    dropped: [],
  };
}
