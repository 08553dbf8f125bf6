import type { Change } from "#schemas/change.ts";
import type { SchemaModel } from "#schemas/model.ts";
import { indexModel } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import { diagramOf, type DiagramEdge, type DiagramNode } from "./diagram.ts";
import { oldId, touchedTables } from "./diff-diagram.ts";

/** How the tables that a release touched stood before it: what a picture of an older version is drawn from. */
export interface TablePast {
  /** By the id it has after the release, or had before where it is gone. */
  readonly tables: readonly { readonly id: ObjectId; readonly was: PastTable | null }[];
  /** Tables that have another id since. */
  readonly renamed: readonly (readonly [from: ObjectId, to: ObjectId])[];
}
/** A table with all its columns and the references it holds. */
export interface PastTable {
  readonly node: DiagramNode;
  readonly edges: readonly DiagramEdge[];
}

export function tablePast(before: SchemaModel, after: SchemaModel, changes: readonly Change[]): TablePast {
  const [then, now] = [indexModel(before), indexModel(after)];
  const ids = [...touchedTables(then, now, changes).keys()].sort();
  const old = ids.map((id) => oldId(id, changes));
  const targets = old.flatMap((id) => then.referencesFrom(id).map(({ foreignKey }) => foreignKey.references.table));
  const { nodes, edges } = diagramOf(then, [...old, ...targets], { columns: "all" });
  return {
    tables: ids.map((id, at) => {
      const node = nodes.find((one) => one.id === old[at]);
      return { id, was: node ? { node, edges: edges.filter(({ from }) => from === node.id) } : null };
    }),
    renamed: ids.flatMap((id, at) => (old[at] === undefined || old[at] === id ? [] : [[old[at], id] as const])),
  };
}
