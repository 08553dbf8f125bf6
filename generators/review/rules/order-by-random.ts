import { selectsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const orderByRandom: Rule = {
  id: "order-by-random",
  scope: "query",
  title: "ORDER BY a random number",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    const { tree, resolved } = query;
    const tables = resolved.relations.map(({ id }) => id);
    if (scene.sizes.areKnown && tables.length > 0 && tables.every((id) => scene.sizes.isSmall(id))) return [];
    return selectsOf(tree).flatMap(({ query: { orderBy } }) =>
      orderBy.flatMap(({ value }) => {
        if (value.kind !== "call" || !RANDOM.has(value.name)) return [];
        return [
          {
            message: `ORDER BY ${value.name}() gives every row a number and sorts them all`,
            help: "TABLESAMPLE, or the first rows from a random key on",
            objects: tables,
            at: value.at,
          },
        ];
      }),
    );
  },
};

const RANDOM: ReadonlySet<string> = new Set(["random", "rand", "newid", "gen_random_uuid", "uuid"]);
