import type { Table } from "../model.ts";
import { RENAME_THRESHOLD } from "./match-lists.ts";
import type { MatchRules } from "./match-lists.ts";
import type { Names } from "./names.ts";
import { typeWords } from "./rename-certainty.ts";
import { nameSimilarity, overlap } from "./similarity.ts";

/** What one table says about itself: its columns, with and without their types, and its keys. */
type Features = ReadonlySet<string>;

/**
 * Tables: by the columns and keys they share. What many tables have, such as `id integer`, says little; what only this
 * one had says much.
 */
export function tableCertainty(
  base: readonly Table[],
  names: Names,
): Required<Pick<MatchRules<Table>, "certainty" | "candidates">> {
  const frequency = new Map<string, number>();
  const before = new Map<Table, Features>();
  const after = new Map<Table, Features>();
  const having = new Map<string, Table[]>();

  // Half for the name and half for the type beside it, so that a column whose type changed still counts.
  const weight = (feature: string) => 0.5 / (frequency.get(feature) ?? 1);

  /** Told only when there is something to guess: most models differ in no table's name. */
  function learn(added: ReadonlySet<Table>): void {
    for (const table of base) {
      const features = tableFeatures(table, names);
      before.set(table, features);
      for (const feature of features) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
    }
    for (const table of added) {
      const features = tableFeatures(table);
      after.set(table, features);
      for (const feature of features) {
        const tables = having.get(feature) ?? [];
        tables.push(table);
        having.set(feature, tables);
      }
    }
  }

  return {
    candidates(one, added) {
      if (before.size === 0) learn(added);
      const features = before.get(one) ?? new Set();
      // Without a shared feature this rare, the evidence stays below one half and no pair passes the threshold.
      const rare = [...features].filter((feature) => (frequency.get(feature) ?? 1) <= features.size);
      return new Set(rare.flatMap((feature) => having.get(feature) ?? []));
    },
    certainty(one, other) {
      const left = before.get(one) ?? new Set();
      const right = after.get(other) ?? new Set();
      let evidence = 0;
      for (const feature of left) if (right.has(feature)) evidence += weight(feature);
      const shared = overlap(left, right, weight) * (evidence / (evidence + 0.5));
      const byName = (1 - shared) * 0.6 * Math.min(1, evidence);
      // Most pairs of tables are far from alike: comparing their names would change nothing.
      return shared + byName < RENAME_THRESHOLD ? 0 : shared + byName * nameSimilarity(one.name, other.name);
    },
  };
}

function tableFeatures(table: Table, names?: Names): Features {
  const features = new Set<string>();
  for (const column of table.columns) {
    features.add(column.name).add(`${column.name} ${typeWords(column.type, names)}`);
  }
  for (const constraint of table.constraints) {
    if (constraint.kind === "foreign key") {
      const target = names?.id("relation", constraint.references.table) ?? constraint.references.table;
      // A table that references itself still does after its rename.
      features.add(`${constraint.columns.join()} → ${constraint.references.table === table.id ? "itself" : target}`);
    } else if (constraint.kind === "primary key" || constraint.kind === "unique") {
      features.add(`${constraint.kind} ${constraint.columns.join()}`);
    }
  }
  return features;
}
