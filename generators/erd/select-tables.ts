import type { Chapters } from "#generators/domains/chapter.ts";
import { closest } from "#schemas/closest.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { objectPattern } from "#schemas/object-pattern.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Problem, WithProblems } from "#schemas/problem.ts";

export interface Selection {
  /** Ids or patterns of tables, such as `sales.*`. */
  readonly tables: readonly string[];
  /** Ids or titles of domains and viewpoints. */
  readonly chapters: readonly string[];
  /** Steps along references that are taken in around what was named. */
  readonly distance: number;
}

/** The tables that were asked for, in the model's order; all when nothing was. A name that means nothing is a problem. */
export function selectTables(
  index: ModelIndex,
  chapters: Chapters,
  { tables, chapters: named, distance }: Selection,
): WithProblems<readonly ObjectId[]> {
  const all = index.model.tables.filter((table) => !table.partitionOf).map(({ id }) => id);
  if (tables.length + named.length === 0) return { value: all, problems: [] };
  const problems: Problem[] = [];
  const found = new Set<ObjectId>();
  for (const pattern of tables) {
    const { matches } = objectPattern(pattern, index.model.dialect);
    const own = all.filter((id) => matches(id));
    for (const id of own) found.add(id);
    if (own.length === 0) problems.push(unknown("table", pattern, all));
  }
  const known = [...chapters.domains.map(asChapter), ...chapters.viewpoints.map(withTables)];
  for (const name of named) {
    const chapter = known.find(({ id, title }) => id === name || title.toLowerCase() === name.toLowerCase());
    for (const id of chapter?.tables ?? []) found.add(id);
    const names = known.map(({ id }) => id);
    if (!chapter) problems.push(unknown("domain or viewpoint", name, names));
  }
  let edge: readonly ObjectId[] = [...found];
  for (let step = 0; step < distance; step += 1) {
    edge = edge.flatMap((id) => neighbours(index, id)).filter((id) => !found.has(id));
    for (const id of edge) found.add(id);
  }
  return { value: all.filter((id) => found.has(id)), problems };
}

interface Named {
  readonly id: string;
  readonly title: string;
  readonly tables: readonly ObjectId[];
}

const asChapter = ({ id, title, tables }: Chapters["domains"][number]): Named => ({ id, title, tables });

const withTables = ({ id, title, parts }: Chapters["viewpoints"][number]): Named => {
  return { id, title, tables: parts.flatMap(({ tables }) => tables) };
};

function neighbours(index: ModelIndex, id: ObjectId): readonly ObjectId[] {
  const out = index.referencesFrom(id).map(({ foreignKey }) => foreignKey.references.table);
  const back = index.referencesTo(id).flatMap(({ from }) => (from.partitionOf ? [] : [from.id]));
  return [...out, ...back];
}

function unknown(what: string, name: string, known: readonly string[]): Problem {
  const near = closest(name, known);
  return {
    code: "QG121",
    severity: "error",
    message: `there is no ${what} ${JSON.stringify(name)}`,
    help: near === null ? "querygenie ls lists the tables; patterns have stars: sales.*" : `Did you mean ${near}?`,
  };
}
