import { dearest, type OnlineStep } from "#schemas/dialects/mysql/online-ddl.ts";
import type { StepSource } from "#schemas/dialects/read-steps.ts";
import type { Measurement } from "#schemas/finding.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Act } from "../acts/act.ts";
import { whyThroughRows } from "./alter-column-cost.ts";

interface Known {
  readonly online: readonly OnlineStep[] | undefined;
  /** The model before the migration. */
  readonly index: ModelIndex;
  readonly source: StepSource;
}

/** What the manual says that a statement does to old tables: declared, not measured. */
export function declared(
  acts: readonly Act[],
  { online, index, source }: Known,
): { readonly measurement?: Measurement } {
  const rewrites = new Set<ObjectId>();
  const scans = new Set<ObjectId>();
  const locks = new Set<ObjectId>();
  const altered = acts.flatMap((act) => ("table" in act && !act.table.isNew ? [act.table.id] : []))[0];
  const worst = online && dearest(online);
  if (worst && online && altered !== undefined) {
    if (worst.algorithm === "copy" || worst.algorithm === "rebuild") rewrites.add(altered);
    if (online.some(({ reads }) => reads)) scans.add(altered);
    if (online.some(({ blocksWrites }) => blocksWrites)) locks.add(altered);
  }
  for (const act of acts) {
    if (!("table" in act) || act.table.isNew) continue;
    if (act.kind === "update rows" && readsAll(act, index)) scans.add(act.table.id);
    if (source.kind === "mssql" && readsRows(act, index, source)) scans.add(act.table.id);
  }
  if (!worst && scans.size === 0) return {};
  return {
    measurement: {
      how: "declared",
      // LOCK=SHARED lets others read and not write, as PostgreSQL's SHARE does.
      locks: [...locks].map((relation) => ({ relation, mode: "ShareLock" })),
      rewrites: [...rewrites],
      scans: [...scans],
      created: [],
      dropped: [],
    },
  };
}

/** An UPDATE reads the whole table when no index begins with a column that its condition narrows by. */
function readsAll({ table, everyRow, filters }: Extract<Act, { kind: "update rows" }>, index: ModelIndex): boolean {
  if (everyRow) return true;
  if (filters === undefined) return false;
  const known = index.table(table.id);
  if (!known) return filters.length === 0;
  return !known.indexes.some(({ keys }) => filters.includes(keys[0]?.column ?? ""));
}

/** What SQL Server looks at every row for. Source: ALTER TABLE (Transact-SQL). */
function readsRows(act: Act, index: ModelIndex, { statement }: Extract<StepSource, { kind: "mssql" }>): boolean {
  switch (act.kind) {
    case "set not null":
    case "create index":
      return true;
    case "add constraint":
      return !act.isInline && !act.isNotValid;
    case "change type": {
      const actions = statement.kind === "alter table" ? statement.actions : [];
      return actions.some(
        (action) => action.kind === "alter column" && whyThroughRows(action.column, index.table(act.table.id)) !== null,
      );
    }
    default:
      return false;
  }
}
