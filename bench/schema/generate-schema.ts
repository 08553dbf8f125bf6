import { planSchema } from "./plan-schema.ts";
import { writeDump } from "./write-dump.ts";
import { writeHistory } from "./write-history.ts";

export interface SchemaOptions {
  /** Tables in all, partitions included. */
  readonly tables: number;
  readonly seed: number;
  /**
   * True: the same database as some 300 numbered migrations that add, rename, retype and drop on the way.
   * Default: its finished state, a file a department.
   */
  readonly history?: boolean;
}

export interface GeneratedSchema {
  /** All files, one after the other. */
  readonly sql: string;
  /** In the order in which they are applied. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/**
 * The PostgreSQL schema of a made-up company, for benchmarks and tests at scale: about 15 columns a table, references
 * with hubs, junctions, cycles and tables that stand alone, comments on 60 % of it. The same options give the same bytes.
 */
export function generateSchema({ tables, seed, history = false }: SchemaOptions): GeneratedSchema {
  const plan = planSchema({ tables, seed });
  const files = history ? writeHistory(plan, seed) : writeDump(plan);
  return { sql: files.map(({ text }) => text).join("\n"), files };
}
