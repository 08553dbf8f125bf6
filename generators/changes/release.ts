import type { Change } from "#schemas/change.ts";
import type { TablePast } from "../erd/table-past.ts";

/** What a release did to the schema. */
export interface Release {
  /** Its tag; null for what is not released yet. */
  readonly name: string | null;
  /** Day of the tag, as YYYY-MM-DD; null for what is not released yet. */
  readonly date: string | null;
  /** Since the release before; null for the first release that is known. */
  readonly changes: readonly Change[] | null;
  /** Tables it has, without partitions. */
  readonly tables: number;
  /** How what it touched stood before; absent where nobody draws it. */
  readonly past?: TablePast;
}
