import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { childrenOf } from "#schemas/languages/sql/walk-query.ts";
import type { Dialect } from "#schemas/model.ts";
import { columnOf, inWords, testsOf, textLiteral } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const leadingWildcardLike: Rule = {
  id: "leading-wildcard-like",
  scope: "query",
  title: "LIKE that begins with a wildcard",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    const { resolved } = query;
    return testsOf(query.tree).flatMap((test) => {
      if (test.kind !== "operation" || (test.operator !== "like" && test.operator !== "ilike")) return [];
      const [side, pattern] = test.operands;
      const column = columnOf(side, resolved);
      if (!column || !pattern || !beginsWithWildcard(pattern)) return [];
      const { relation } = column;
      const hasTrigrams = relation.indexes.some(({ keys, valid }) =>
        keys.some((key) => valid && key.column === column.column.name && key.operatorClass?.includes("trgm")),
      );
      if (hasTrigrams || (scene.sizes.areKnown && scene.sizes.isSmall(relation.id))) return [];
      return [
        {
          message: `${inWords(test)} begins with a wildcard: every row of ${relation.id} is read`,
          help: SEARCH[scene.index.model.dialect],
          objects: [column.column.id],
          at: test.at,
        },
      ];
    });
  },
};

const SEARCH: Readonly<Record<Dialect, string>> = {
  postgres: "A GIN index with gin_trgm_ops (extension pg_trgm) serves it",
  mysql: "A FULLTEXT index with MATCH … AGAINST finds words",
  mssql: "A full-text index with CONTAINS finds words",
};

/** A text, or one that is put together, whose first character stands for any. */
function beginsWithWildcard(pattern: Expression): boolean {
  const text = textLiteral(pattern);
  if (text !== null) return text.startsWith("%") || text.startsWith("_");
  if (pattern.kind === "cast") return beginsWithWildcard(pattern.of);
  const isJoined =
    (pattern.kind === "operation" && JOINS.has(pattern.operator)) ||
    (pattern.kind === "call" && pattern.name === "concat");
  const [first] = childrenOf(pattern);
  return isJoined && first !== undefined && beginsWithWildcard(first);
}

const JOINS: ReadonlySet<string> = new Set(["||", "+"]);
