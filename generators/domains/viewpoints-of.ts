import type { DatabaseConfig } from "#schemas/config/schema.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";
import { labelsOf, type Labels } from "../documented/labels.ts";
import type { Chapter, ChapterPart } from "./chapter.ts";

type Settings = Pick<DatabaseConfig, "viewpoints" | "labels">;
type Viewpoint = DatabaseConfig["viewpoints"][number];

/** The viewpoints of the configuration with the tables and views they show. What matches nothing is a problem. */
export function viewpointsOf(index: ModelIndex, { viewpoints, labels }: Settings): WithProblems<readonly Chapter[]> {
  const labelled = labelsOf(index.model, labels);
  const problems: Problem[] = [];
  const value = viewpoints.map((viewpoint): Chapter => {
    for (const pattern of viewpoint.tables) {
      if (chosen(index, { tables: [pattern], labels: [] }, labelled).length === 0)
        problems.push(nothing(viewpoint, pattern));
    }
    for (const label of viewpoint.labels) {
      if (chosen(index, { tables: [], labels: [label] }, labelled).length === 0)
        problems.push(nobody(viewpoint, label));
    }
    const near = widened(index, chosen(index, viewpoint, labelled), viewpoint.distance);
    const { id, title, description } = viewpoint;
    return {
      id,
      title,
      ...(description !== undefined && { description }),
      parts: partsOf(index, viewpoint, near, labelled),
    };
  });
  return { value, problems };
}

/** Each table in the first group that names it; what no group names comes last. */
function partsOf(
  index: ModelIndex,
  { groups }: Viewpoint,
  shown: readonly ObjectId[],
  labelled: Labels,
): readonly ChapterPart[] {
  const left = new Set(shown);
  const parts = groups.map((group): ChapterPart => {
    const own = chosen(index, group, labelled).filter((id) => left.delete(id));
    const { name, description } = group;
    return { title: name, ...(description !== undefined && { description }), tables: own };
  });
  return [...parts, { tables: [...left] }].filter(({ tables }) => tables.length > 0);
}

/** Tables and views that a pattern or a label names, sorted. Partitions are part of their parent. */
function chosen(
  { model }: ModelIndex,
  { tables, labels }: Pick<Viewpoint, "tables" | "labels">,
  labelled: Labels,
): readonly ObjectId[] {
  const patterns = tables.map((pattern) => objectPattern(pattern, model.dialect));
  const has = (id: ObjectId): boolean => labelled.get(id)?.some((label) => labels.includes(label)) ?? false;
  const relations = [...model.tables.filter((table) => !table.partitionOf), ...model.views];
  return relations
    .filter(
      ({ id, columns }) => patterns.some(({ matches }) => matches(id)) || has(id) || columns.some((one) => has(one.id)),
    )
    .map(({ id }) => id)
    .sort();
}

function widened(index: ModelIndex, ids: readonly ObjectId[], distance: number): readonly ObjectId[] {
  const found = new Set(ids);
  for (let step = 0; step < distance; step += 1) {
    const reached = [...found];
    for (const id of reached) {
      for (const { to } of index.referencesFrom(id)) if (to) found.add(to.id);
      for (const { from } of index.referencesTo(id)) if (!from.partitionOf) found.add(from.id);
    }
  }
  return [...found].sort();
}

function nothing({ id }: Viewpoint, pattern: string): Problem {
  return {
    code: "QG404",
    severity: "warning",
    message: `"${pattern}" of the viewpoint ${id} matches no table`,
    help: "Correct the pattern, or remove it. A star stands for any characters: `sales.*`.",
    objectId: pattern,
  };
}

function nobody({ id }: Viewpoint, label: string): Problem {
  return {
    code: "QG404",
    severity: "warning",
    message: `No table or column has the label "${label}" of the viewpoint ${id}`,
    help: "Give the label to something under `labels`, or remove it from the viewpoint.",
    objectId: label,
  };
}
