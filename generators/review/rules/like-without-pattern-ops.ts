import { columnOf, inWords, indexesBeginningWith, testsOf, textLiteral } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const likeWithoutPatternOps: Rule = {
  id: "like-without-pattern-ops",
  scope: "query",
  title: "LIKE 'x%' that the index does not serve",
  group: "query",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(query) {
    const { resolved } = query;
    return testsOf(query.tree).flatMap((test) => {
      if (test.kind !== "operation" || test.operator !== "like") return [];
      const [side, pattern] = test.operands;
      const column = columnOf(side, resolved);
      const text = textLiteral(pattern);
      if (!column || text === null || text === "" || !/[%_]/.test(text) || /^[%_]/.test(text)) return [];
      const btrees = indexesBeginningWith(column).filter(({ method }) => method === "btree");
      const serves = column.relation.indexes.some(({ keys }) =>
        keys.some(
          (key) => key.column === column.column.name && SERVING.some((name) => key.operatorClass?.includes(name)),
        ),
      );
      const isBytewise = isBytes(column.column.collation) || btrees.some(({ keys }) => isBytes(keys[0]?.collation));
      if (btrees.length === 0 || serves || isBytewise) return [];
      return [
        {
          message: `The index on ${column.column.name} does not serve ${inWords(test)} in a collation other than C`,
          help: `CREATE INDEX CONCURRENTLY ON ${column.relation.id} (${column.column.name} text_pattern_ops)`,
          objects: [column.column.id, ...btrees.map(({ id }) => id)],
          at: test.at,
        },
      ];
    });
  },
};

const SERVING = ["pattern_ops", "trgm"] as const;
const isBytes = (collation = ""): boolean => BYTEWISE.has((collation.split(".").at(-1) ?? "").replaceAll('"', ""));

/** Collations that order by bytes. */
const BYTEWISE: ReadonlySet<string> = new Set(["C", "POSIX", "C.utf8", "pg_c_utf8", "ucs_basic"]);
