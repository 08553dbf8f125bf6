import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import { conditionsOf, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const tooManyOr: Rule = {
  id: "too-many-or",
  scope: "query",
  title: "Condition of very many terms",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query, scene) {
    const most = scene.limits.conditionTerms;
    return conditionsOf(query.tree)
      .flatMap(within)
      .flatMap((value) => {
        const count = termsOf(value);
        if (count <= most) return [];
        return [
          {
            message: `${value.kind === "or" ? "OR" : "IN"} of ${count} terms; the limit is ${most}`,
            help: "Join with a list of VALUES, or = ANY (one array parameter): the query then has one text and one plan",
            objects: query.resolved.relations.map(({ id }) => id),
            at: value.at,
          },
        ];
      });
  },
};

function termsOf(value: Expression): number {
  if (value.kind === "or") return value.terms.length;
  return value.kind === "in" ? value.list.length : 0;
}
