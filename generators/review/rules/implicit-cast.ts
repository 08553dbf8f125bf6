import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import type { Dialect, TypeFamily } from "#schemas/model.ts";
import { COMPARISONS, columnOf, isConstant, sidesOf, testsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const implicitCast: Rule = {
  id: "implicit-cast",
  scope: "query",
  title: "Value of another type than the column",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    const { resolved, failure } = query;
    if (failure?.sqlstate === NO_OPERATOR) {
      const objects = resolved.relations.map(({ id }) => id);
      return [
        {
          message: failure.message,
          help: "Cast the value to the type of the column",
          objects,
          severity: "error" as const,
        },
      ];
    }
    return testsOf(query.tree).flatMap((test) =>
      pairsOf(test).flatMap(([side, value]) => {
        const column = columnOf(side, resolved);
        const what = column && costlyType(column.column.type.family, value, scene.index.model.dialect);
        if (!column || !what) return [];
        return [
          {
            message: `${column.column.name} is ${column.column.type.raw} and is compared with ${what}: each row's value is converted, and no index serves`,
            help: "Give the value the type of the column",
            objects: [column.column.id],
            at: value.at,
          },
        ];
      }),
    );
  },
};

/** SQLSTATE: no operator takes these types. */
const NO_OPERATOR = "42883";

/** Columns with the values they are compared with. */
function pairsOf(test: Expression): readonly (readonly [Expression, Expression])[] {
  if (test.kind === "in") return test.list.map((value) => [test.of, value] as const);
  if (test.kind === "operation" && test.operator === "between") {
    const [of, ...bounds] = test.operands;
    return of ? bounds.map((bound) => [of, bound] as const) : [];
  }
  return sidesOf(test, COMPARISONS);
}

/** The type of a value for whose sake the column is converted, in words; null when the value is. */
function costlyType(family: TypeFamily, value: Expression, dialect: Dialect): string | null {
  const { convertsTextColumns } = dialectFacts(dialect);
  if (family === "text" && convertsTextColumns && value.kind === "literal" && value.type === "number")
    return "a number";
  if (family !== "integer" || convertsTextColumns) return null;
  if (value.kind === "literal" && value.type === "number" && !Number.isInteger(Number(value.text))) return "a numeric";
  if (value.kind === "literal" && value.type === "number" && value.text.includes(".")) return "a numeric";
  const to = value.kind === "cast" ? (value.to.split("(")[0] ?? "") : "";
  return WIDER.has(to) && value.kind === "cast" && isConstant(value.of) ? `a ${to}` : null;
}

const WIDER: ReadonlySet<string> = new Set(["numeric", "decimal", "float4", "float8", "double precision", "real"]);
