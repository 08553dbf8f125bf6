import type { Expression, FromItem, FromTable, QueryTree } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import { conjuncts, walkExpression } from "#schemas/languages/sql/walk-query.ts";
import { blocksOf, isPinned, joinConditions, sourcesOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const cartesianJoin: Rule = {
  id: "cartesian-join",
  scope: "query",
  title: "Join without a condition",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    return restrictedIn(query.tree).flatMap((part) => {
      const groups = groupsOf(part, query.resolved);
      const [first, second] = groups ?? [];
      if (!first || !second) return [];
      const names = [first, second].map((group) => nameOf(group[0]));
      return [
        {
          message: `Nothing joins ${names.join(" and ")}: each row of one meets every row of the other`,
          help: "Add the condition, or write CROSS JOIN when every pair is meant",
          objects: [first, second].flatMap(([source]) => query.resolved.relationOf(source)?.id ?? []),
          at: second[0].at,
        },
      ];
    });
  },
};

interface Part {
  readonly from: readonly FromItem[];
  readonly where?: Expression;
}

/** The FROM lists of a query with their conditions. */
function restrictedIn(tree: QueryTree): readonly Part[] {
  const blocks = blocksOf(tree).map(({ block }) => block);
  if ((tree.kind !== "update" && tree.kind !== "delete") || tree.from.length === 0) return blocks;
  const { from, table, where, isTargetInFrom } = tree;
  return [{ from: isTargetInFrom ? from : [table, ...from], ...(where ? { where } : {}) }, ...blocks];
}

type Group = readonly [FromTable, ...FromTable[]];

const nameOf = ({ alias, name }: FromTable): string => alias ?? name;

/** Tables that no condition connects, in groups; null when that cannot be told or the pairs are meant. */
function groupsOf({ from, where }: Part, resolved: ResolvedQuery): readonly Group[] | null {
  const sources = sourcesOf(from);
  if (sources.length < 2) return null;
  const parent = new Map(sources.map((source) => [source, source]));
  const top = (source: Source): Source => {
    const above = parent.get(source);
    return above === undefined || above === source ? source : top(above);
  };
  const join = (list: readonly Source[]): void => {
    const [first] = list;
    for (const other of list) if (first) parent.set(top(other), top(first));
  };
  for (const item of from) connectMeant(item, join);
  for (const condition of [where, ...joinConditions(from)].flatMap(conjuncts)) {
    const used = sourcesIn(condition, sources, resolved);
    if (used === null) return null;
    join(used);
  }
  const groups = Map.groupBy(sources, top);
  const loose = [...groups.values()].flatMap((group) => {
    const tables = group.filter((source) => source.kind === "table");
    const [first, ...others] = tables;
    // What is no table of the schema may hold one row, and so may a table whose key is given.
    const isSafe =
      tables.length < group.length ||
      tables.some((table) => isSmall(table, { from, ...(where ? { where } : {}) }, resolved));
    return first && !isSafe ? [[first, ...others] as const] : [];
  });
  return loose.length > 1 ? loose : null;
}

const isSmall = (table: FromTable, part: Part, resolved: ResolvedQuery): boolean =>
  resolved.relationOf(table)?.kind !== "table" || isPinned(part, table, resolved);

type Source = ReturnType<typeof sourcesOf>[number];

/** CROSS JOIN, NATURAL, USING and LATERAL say themselves what belongs together. */
function connectMeant(item: FromItem, join: (list: readonly Source[]) => void): void {
  if (item.kind !== "join") return;
  connectMeant(item.left, join);
  connectMeant(item.right, join);
  const right = sourcesOf([item.right]);
  const isLateral = right.some((source) => source.kind !== "table");
  if (item.type === "cross" || item.natural || item.using || isLateral) join(sourcesOf([item]));
}

/** The sources whose columns an expression names; null when one cannot be placed. */
function sourcesIn(
  condition: Expression,
  sources: readonly Source[],
  resolved: ResolvedQuery,
): readonly Source[] | null {
  const found: Source[] = [];
  let isSure = true;
  walkExpression(condition, {
    expression(value) {
      if (value.kind !== "column") return;
      const use = resolved.columnOf(value);
      const by = value.qualifier.at(-1);
      const source =
        use.kind === "column" && sources.includes(use.source)
          ? use.source
          : sources.find((one) => by !== undefined && (one.alias ?? (one.kind === "table" ? one.name : "")) === by);
      if (source) found.push(source);
      else if (use.kind !== "column") isSure = false;
    },
  });
  return isSure ? found : null;
}
