import type { RelationStatistics, Statistics } from "../json/statistics.ts";
import type { Workload } from "../json/workload.ts";
import type { Dialect, SchemaModel } from "../model.ts";
import type { Problem } from "../problem.ts";
import type { LiveTarget } from "./live-target.ts";

/** Reads running databases of a dialect. Every failure is a `ProblemError` (exit 3) that names the connection alone. */
export interface LiveReader {
  readonly id: Dialect;
  open(target: LiveTarget): Promise<LiveServer>;
}

/** A read-only session on a running database. */
export interface LiveServer {
  /** Such as `PostgreSQL 16.4`. */
  readonly engine: { readonly name: string; readonly version: string };
  readModel(): Promise<LiveModel>;
  readStatistics(options: StatisticsOptions): Promise<LiveStatistics>;
  readWorkload(limit: number): Promise<LiveWorkload>;
  close(): Promise<void>;
}

export interface LiveModel {
  readonly model: SchemaModel;
  readonly problems: readonly Problem[];
  /**
   * The same model in the words of `committed`, for a comparison: what only the environment decides (owners, the
   * database's name, its default collation) and what is spelled differently but means the same is as in `committed`.
   */
  readonly alignedWith: (committed: SchemaModel) => SchemaModel;
}

export interface StatisticsOptions {
  /** Hash of a value, when hashes were asked for; values are left out without it. */
  readonly hash?: (value: string) => string;
}
export interface LiveStatistics {
  readonly statistics: Pick<Statistics, "planner" | "routines"> & {
    readonly relations: Readonly<Record<string, RelationStatistics>>;
  };
  readonly problems: readonly Problem[];
}

export interface LiveWorkload {
  readonly workload: Pick<Workload, "source" | "since" | "queries" | "leftOut">;
  readonly problems: readonly Problem[];
}
