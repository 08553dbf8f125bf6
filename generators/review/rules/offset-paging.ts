import { inWords, selectsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const offsetPaging: Rule = {
  id: "offset-paging",
  scope: "query",
  title: "Paging with OFFSET",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    const { tree, resolved } = query;
    return selectsOf(tree).flatMap(({ query: { offset } }) => {
      if (!offset || (offset.kind === "literal" && Number(offset.text) < FAR)) return [];
      return [
        {
          message: `OFFSET ${inWords(offset)} reads all the rows before the page and throws them away`,
          help: "WHERE (sort key) > (the last one shown) ORDER BY the sort key LIMIT n, with an index on the sort key",
          objects: resolved.relations.map(({ id }) => id),
          at: offset.at,
        },
      ];
    });
  },
};

/** The second row, or the tenth, is no paging. */
const FAR = 100;
