import { conjuncts } from "#schemas/languages/sql/walk-query.ts";
import { blocksOf, hasColumn, inWords, isAggregate, within } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const havingWithoutAggregate: Rule = {
  id: "having-without-aggregate",
  scope: "query",
  title: "HAVING without an aggregate",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check(query) {
    return blocksOf(query.tree).flatMap(({ block }) => {
      const aliases = new Set(block.items.flatMap(({ alias }) => (alias === undefined ? [] : [alias.toLowerCase()])));
      return conjuncts(block.having).flatMap((term) => {
        const parts = within(term);
        const isOfGroup = parts.some(
          (part) =>
            isAggregate(part) ||
            part.kind === "subquery" ||
            (part.kind === "call" && (part.schema !== undefined || !hasColumn(part))) ||
            // MySQL knows the names of the select list here, those of aggregates too.
            (part.kind === "column" && part.qualifier.length === 0 && aliases.has(part.name.toLowerCase())),
        );
        if (isOfGroup || !hasColumn(term)) return [];
        return [
          {
            message: `${inWords(term)} is asked of the groups, and could be asked of the rows`,
            help: "Move it to WHERE: rows that are not wanted are then not grouped",
            objects: [],
            at: term.at,
          },
        ];
      });
    });
  },
};
