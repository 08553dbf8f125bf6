import type { A_Expr, ColumnRef, SelectStmt } from "libpg-query";
import { walk, type Node } from "#schemas/languages/sql/postgres/ast.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { SchemaModel } from "#schemas/model.ts";

/** What the right answers say about the data: which columns hold the same things, and which values occur. */
export interface Planted {
  /** Pairs of `table.column` that are joined. */
  readonly joined: readonly (readonly [string, string])[];
  /** Literals by `table.column`. */
  readonly literals: ReadonlyMap<string, ReadonlySet<string>>;
  /** `table.column` of what is ranked or counted as different: ties and repetitions would make the answer a matter of luck. */
  readonly told: ReadonlySet<string>;
}

/** Reads joins and literals from queries, so that seeded rows give them something to find. */
export function readPlanted(model: SchemaModel, queries: readonly string[], parser: Parser): Planted {
  const joined: (readonly [string, string])[] = [];
  const literals = new Map<string, Set<string>>();
  const told = new Set<string>();
  for (const sql of queries) {
    const outcome = parser.parse(sql);
    if (!outcome.ok) continue;
    const columnOf = resolver(model, outcome.tree);
    const tell = (node: Node | undefined): void => {
      const column = columnOf(node);
      if (column) told.add(column);
    };
    walk(outcome.tree, {
      FuncCall: ({ args, funcname, agg_distinct }) => {
        const name = (funcname ?? []).flatMap((part) => ("String" in part ? [part.String.sval] : [])).at(-1);
        if (agg_distinct || name === "max" || name === "min") for (const argument of args ?? []) tell(argument);
      },
      SortBy: ({ node }) => tell(node),
      A_Expr: (node) => readComparison(node, columnOf, { joined, literals }),
      SubLink: ({ testexpr, subselect }) => {
        const a = columnOf(testexpr);
        const [target] = selectOf(subselect)?.targetList ?? [];
        const b = target && "ResTarget" in target ? columnOf(target.ResTarget.val) : null;
        if (a && b) joined.push([a, b]);
      },
    });
  }
  return { joined, literals, told };
}

type ColumnOf = (node: Node | undefined) => string | null;

/** Aliases are read for the whole query: a name that stands for two tables is good enough for seeding. */
function resolver(model: SchemaModel, tree: Parameters<typeof walk>[0]): ColumnOf {
  const tables = new Map<string, string>();
  walk(tree, {
    RangeVar: ({ relname = "", alias }) => void tables.set(alias?.aliasname ?? relname, relname),
  });
  const columns = new Map(model.tables.map((table) => [table.name, new Set(table.columns.map(({ name }) => name))]));
  return (node) => {
    if (node === undefined || !("ColumnRef" in node)) return null;
    const names = fieldsOf(node.ColumnRef);
    const column = names.at(-1) ?? "";
    const qualifier = names.at(-2);
    const candidates = qualifier === undefined ? [...tables.values()] : [tables.get(qualifier) ?? qualifier];
    const table = candidates.find((name) => columns.get(name)?.has(column));
    return table === undefined ? null : `${table}.${column}`;
  };
}

function readComparison(
  { name, kind, lexpr, rexpr }: A_Expr,
  columnOf: ColumnOf,
  found: { readonly joined: (readonly [string, string])[]; readonly literals: Map<string, Set<string>> },
): void {
  const [a, b] = [columnOf(lexpr), columnOf(rexpr)];
  const operator = (name ?? []).flatMap((part) => ("String" in part ? [part.String.sval ?? ""] : [])).join("");
  if (a && b) {
    if (kind === "AEXPR_OP" && operator === "=") found.joined.push([a, b]);
    return;
  }
  const column = a ?? b;
  if (column === null) return;
  const other = a ? rexpr : lexpr;
  const values = other && "List" in other ? (other.List.items ?? []) : [other];
  for (const value of values) {
    const text = literalOf(value);
    if (text === null || text === "") continue;
    found.literals.set(column, (found.literals.get(column) ?? new Set<string>()).add(text.replaceAll("%", "")));
  }
}

function literalOf(node: Node | undefined): string | null {
  if (node && "TypeCast" in node) return literalOf(node.TypeCast.arg);
  if (node === undefined || !("A_Const" in node)) return null;
  const { sval, ival, fval } = node.A_Const;
  if (sval) return sval.sval ?? "";
  if (ival) return String(ival.ival ?? 0);
  return fval?.fval ?? null;
}

function fieldsOf({ fields }: ColumnRef): string[] {
  return (fields ?? []).flatMap((field) => ("String" in field ? [field.String.sval ?? ""] : []));
}

function selectOf(node: Node | undefined): SelectStmt | undefined {
  return node && "SelectStmt" in node ? node.SelectStmt : undefined;
}
