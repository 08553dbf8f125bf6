import type { LockMode, Measurement } from "#schemas/finding.ts";
import { lockModes } from "#schemas/finding.ts";
import type { OnlineStep } from "#schemas/dialects/mysql/online-ddl.ts";
import type { StepSource } from "#schemas/dialects/read-steps.ts";
import type { SplitStatement } from "#schemas/languages/sql/postgres/split.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { MeasuredFile } from "#schemas/replay/measure-migrations.ts";
import type { MigrationFile } from "#schemas/source.ts";
import type { EngineFault } from "#schemas/replay/protocol.ts";
import type { Act, RelationRef } from "./acts/act.ts";
import type { StatementSyntax } from "./acts/read-syntax.ts";

/** A migration under review with what became of its statements. */
export type ReviewedFile = MeasuredFile;

/** A lock that an earlier statement of the same transaction took. */
export interface HeldLock {
  readonly mode: LockMode;
  readonly line: number;
}

/** One statement under review: what it says, what it did, and what it met. */
export interface ReviewedStatement {
  readonly file: MigrationFile;
  readonly statement: SplitStatement;
  readonly acts: readonly Act[];
  readonly syntax: StatementSyntax;
  /** Absent when it could not run. */
  readonly measurement?: Measurement;
  /** PostgreSQL refuses it inside a transaction. */
  readonly alone: boolean;
  /** True when the runner or the script itself has opened a transaction around it. */
  readonly inTransaction: boolean;
  /** True when the runner opens a transaction around the whole file. */
  readonly isWrapped: boolean;
  /** The strongest lock on each relation that its transaction held before it. */
  readonly held: ReadonlyMap<ObjectId, HeldLock>;
  /** `SET lock_timeout` has been run before it in this session, with a limit above 0. */
  readonly hasLockTimeout: boolean;
  /** What the session has set before it, by the setting's name; null for its default. */
  readonly settings: ReadonlyMap<string, string | null>;
  /** Constraints made NOT VALID before it in the same transaction, as `table.name`. */
  readonly notValidYet: ReadonlySet<string>;
  /** The statement as the reader of its dialect read it; absent where the engine ran it. */
  readonly source?: StepSource;
  /** The table that it alters or whose indexes it changes; absent where the engine ran it. */
  readonly altered?: RelationRef;
  /** What each part of a MySQL ALTER TABLE costs at best, as its manual says. */
  readonly online?: readonly OnlineStep[];
}

/** The statement of MySQL or MariaDB; null for another dialect's. */
export const mysqlOf = ({ source }: ReviewedStatement): Extract<StepSource, { kind: "mysql" }> | null =>
  source?.kind === "mysql" ? source : null;

/** The statement of SQL Server; null for another dialect's. */
export const mssqlOf = ({ source }: ReviewedStatement): Extract<StepSource, { kind: "mssql" }> | null =>
  source?.kind === "mssql" ? source : null;

/** A statement that the engine refused. */
export interface FailedStatement extends ReviewedStatement {
  readonly failure: EngineFault;
}

/** The strongest lock on a relation while the statement runs; null when there is none. */
export function lockDuring(statement: ReviewedStatement, relation: ObjectId): HeldLock | null {
  const { line } = statement.statement.span;
  const taken = (statement.measurement?.locks ?? [])
    .filter((lock) => lock.relation === relation)
    .map(({ mode }) => ({ mode, line }));
  const held = statement.held.get(relation);
  return [...taken, ...(held ? [held] : [])].sort((a, b) => rank(b.mode) - rank(a.mode))[0] ?? null;
}

export const rank = (mode: LockMode): number => lockModes.indexOf(mode);

export const isAtLeast = (mode: LockMode, least: LockMode): boolean => rank(mode) >= rank(least);

/** Whether the statement read one of the relations from end to end. */
export const scans = ({ measurement }: ReviewedStatement, relations: readonly ObjectId[]): boolean =>
  measurement?.scans.some((id) => relations.includes(id)) === true;

/** Whether the statement wrote the storage of one of the relations anew. */
export const rewrites = ({ measurement }: ReviewedStatement, relations: readonly ObjectId[]): boolean =>
  measurement?.rewrites.some((id) => relations.includes(id)) === true;

/** Whether the statement itself took a lock on the relation, as far as its transaction did not hold that already. */
export function locks({ measurement }: ReviewedStatement, relation: ObjectId, least: LockMode): boolean {
  return measurement?.locks.some((lock) => lock.relation === relation && isAtLeast(lock.mode, least)) === true;
}
