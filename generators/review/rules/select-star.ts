import type { SelectBlock } from "#schemas/languages/sql/query-tree.ts";
import { walkQuery } from "#schemas/languages/sql/walk-query.ts";
import type { ReviewedQuery } from "../query.ts";
import type { Rule } from "../rule.ts";

export const selectStar: Rule = {
  id: "select-star",
  scope: "query",
  title: "SELECT *",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    return outermost(query).flatMap((block) =>
      block.items.flatMap(({ value }) => {
        if (value.kind !== "star") return [];
        const written = [...value.qualifier, "*"].join(".");
        return [
          {
            message: `SELECT ${written} returns whatever columns the tables have on that day`,
            help: "Name the columns: what is added later is then not read, and a query that needs a dropped one says so",
            objects: query.resolved.relations.map(({ id }) => id),
            at: value.at,
          },
        ];
      }),
    );
  },
};

/** The blocks whose columns the caller gets. A star in a subquery is cut down by what is around it. */
function outermost({ tree }: ReviewedQuery): readonly SelectBlock[] {
  const blocks: SelectBlock[] = [];
  walkQuery(tree, {
    query(query, depth) {
      if (depth === 0 && query.kind === "select" && query.body.kind === "block") blocks.push(query.body);
    },
  });
  // SELECT * FROM a CTE or subquery returns what is named there.
  return blocks.filter(({ from }) => from.some((item) => readsTable(item, tree)));
}

function readsTable(item: SelectBlock["from"][number], tree: ReviewedQuery["tree"]): boolean {
  if (item.kind === "join") return readsTable(item.left, tree) || readsTable(item.right, tree);
  if (item.kind !== "table") return false;
  const own = tree.kind === "other query" ? [] : tree.with.map(({ name }) => name);
  return item.schema !== undefined || !own.includes(item.name);
}
