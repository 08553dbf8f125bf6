import { dialectFacts } from "#schemas/dialects/dialect-facts.ts";
import type { Expression } from "#schemas/languages/sql/query-tree.ts";
import type { ResolvedColumn, ResolvedQuery } from "#schemas/languages/sql/resolve-query.ts";
import {
  ARITHMETIC,
  COMPARISONS,
  columnOf,
  inWords,
  indexesBeginningWith,
  isAggregate,
  isConstant,
  sidesOf,
  testsOf,
  within,
} from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const functionOnColumn: Rule = {
  id: "function-on-column",
  scope: "query",
  title: "Function on an indexed column",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query, scene) {
    const { resolved } = query;
    const { keepsDateCasts } = dialectFacts(scene.index.model.dialect);
    return testsOf(query.tree).flatMap((test) =>
      comparedIn(test).flatMap(([side, others]) => {
        if (side.kind === "column" || !others.every(isConstant)) return [];
        const wrapped = wrappedColumn(side, resolved);
        if (!wrapped || isNoChange(side, wrapped) || (keepsDateCasts && isDateCast(side))) return [];
        const { relation, column } = wrapped;
        const isServed = relation.indexes.some(({ keys }) =>
          keys.some(({ expression }) => isSameExpression(expression, side, column.name)),
        );
        if (isServed || indexesBeginningWith(wrapped).length === 0) return [];
        return [
          {
            message: `The index on ${column.name} does not serve ${inWords(side)}`,
            help: "Compare the bare column with a range, or make an index on the expression",
            objects: [column.id],
            at: side.at,
          },
        ];
      }),
    );
  },
};

type Compared = readonly [Expression, readonly Expression[]];

/** What a test compares, with what it is compared with. */
function comparedIn(test: Expression): readonly Compared[] {
  if (test.kind === "in" && !test.negated) return [[test.of, test.list]];
  if (test.kind !== "operation") return [];
  const [first, ...others] = test.operands;
  if (!first) return [];
  if (FROM_LEFT.has(test.operator)) return [[first, others]];
  return test.operator === "<>" ? [] : sidesOf(test, COMPARISONS).map(([side, other]) => [side, [other]] as const);
}

const FROM_LEFT: ReadonlySet<string> = new Set(["between", "like", "ilike"]);

/** The only column in a call, a cast or a calculation. */
function wrappedColumn(side: Expression, resolved: ResolvedQuery): ResolvedColumn | undefined {
  const isWrapped =
    side.kind === "call" ||
    side.kind === "cast" ||
    (side.kind === "operation" && ARITHMETIC.has(side.operator)) ||
    (side.kind === "other" && side.what === "coalesce");
  if (!isWrapped || within(side).some((part) => isAggregate(part) || part.kind === "subquery")) return undefined;
  const columns = within(side).filter(({ kind }) => kind === "column");
  return columns.length === 1 ? columnOf(columns[0], resolved) : undefined;
}

/** A text as another text type is the same text: the index holds it as it is. */
const isNoChange = (side: Expression, { column }: ResolvedColumn): boolean =>
  side.kind === "cast" && side.of.kind === "column" && column.type.family === "text" && TEXTS.has(typeName(side.to));

const TEXTS: ReadonlySet<string> = new Set(["text", "varchar", "character varying", "bpchar"]);
const typeName = (type: string): string => type.split("(")[0] ?? type;

const isDateCast = (side: Expression): boolean => side.kind === "cast" && typeName(side.to) === "date";

/** Whether an index has an expression with the same parts. The engine prints it in its own way. */
function isSameExpression(expression: string | undefined, side: Expression, column: string): boolean {
  if (expression === undefined) return false;
  const castTo = side.kind === "cast" ? typeName(side.to) : column;
  const name = side.kind === "call" ? side.name : castTo;
  const printed = expression.toLowerCase();
  return printed.includes(name.toLowerCase()) && printed.includes(column.toLowerCase());
}
