import type { DataStatement, Expr, Grammar, TableExpr } from "#schemas/languages/sql/query/ast.ts";
import { parseQuery } from "#schemas/languages/sql/query/parse-query.ts";
import type { Act } from "../acts/act.ts";
import type { SpelledNames } from "./spelled-names.ts";

/** What an UPDATE or DELETE does to tables; nothing for other statements and what cannot be read. */
export function dataActs(text: string, grammar: Grammar, names: SpelledNames): readonly Act[] {
  const parsed = parseQuery(text, grammar);
  return parsed.ok ? actsOfStatement(parsed.statement, names) : [];
}

function actsOfStatement(statement: DataStatement, names: SpelledNames): readonly Act[] {
  if (statement.kind === "update") {
    const { target, from, assignments, limit, top } = statement;
    const tables = tablesIn(from ?? target);
    const isOne = tables.length <= 1 && limit.length === 0 && top === undefined;
    const everyRow = isOne && isEveryRow(statement.where);
    const columns = assignments.flatMap(({ target: to }) => (to.kind === "column" ? [to.parts] : []));
    const changed = new Set(columns.map((parts) => named(parts.at(-2), target, tables)).filter((one) => one !== null));
    return [...changed].flatMap((table) => {
      const ref = names.relation(written(table));
      const own = columns.filter((parts) => named(parts.at(-2), target, tables) === table);
      const old = own.map((parts) => names.column(ref, parts.at(-1) ?? "") ?? parts.at(-1) ?? "");
      const isPart = limit.length > 0 || top !== undefined;
      const filters = isPart
        ? {}
        : { filters: filtersOf(statement.where).flatMap((name) => names.column(ref, name) ?? []) };
      return [{ kind: "update rows" as const, table: ref, everyRow, columns: old, ...filters }];
    });
  }
  if (statement.kind === "delete") {
    const { targets, from, limit, top } = statement;
    const tables = tablesIn(from ?? targets[0]);
    const everyRow = tables.length <= 1 && limit.length === 0 && top === undefined && isEveryRow(statement.where);
    return targets.flatMap((target) => {
      const [first] = tablesIn(target);
      const table = first && (tables.find((one) => one.alias?.toLowerCase() === lastOf(first).toLowerCase()) ?? first);
      return table ? [{ kind: "delete rows" as const, table: names.relation(written(table)), everyRow }] : [];
    });
  }
  return [];
}

type Named = Extract<TableExpr, { kind: "table" }>;

const lastOf = ({ name }: Named): string => name.at(-1) ?? "";

function written({ name }: Named): { readonly schema?: string; readonly name: string } {
  const schema = name.at(-2);
  return { name: name.at(-1) ?? "", ...(schema === undefined || schema === "" ? {} : { schema }) };
}

/** The table that a column's qualifier means; the target itself when there is none. */
function named(qualifier: string | undefined, target: TableExpr, tables: readonly Named[]): Named | null {
  const goesBy = (wanted: string): Named | undefined =>
    tables.find((table) => (table.alias ?? lastOf(table)).toLowerCase() === wanted.toLowerCase());
  if (qualifier !== undefined) return goesBy(qualifier) ?? null;
  const [first] = tablesIn(target);
  return first ? (goesBy(lastOf(first)) ?? first) : null;
}

function tablesIn(table: TableExpr | undefined): readonly Named[] {
  if (table?.kind === "table") return [table];
  if (table?.kind === "join") return [...tablesIn(table.left), ...tablesIn(table.right)];
  return [];
}

/** No condition, or one that holds for every row whatever is in it. */
function isEveryRow(where: Expr | undefined): boolean {
  if (where === undefined) return true;
  if (where.kind === "literal")
    return where.text !== "0" && where.type !== "null" && where.text.toUpperCase() !== "FALSE";
  if (where.kind !== "operator") return false;
  const [left, right] = where.operands;
  if (!left || !right) return false;
  if (where.operator === "OR" || where.operator === "||") return isEveryRow(left) || isEveryRow(right);
  if (where.operator === "AND" || where.operator === "&&") return isEveryRow(left) && isEveryRow(right);
  return where.operator === "=" && left.kind === "literal" && right.kind === "literal" && left.text === right.text;
}

const NARROWS: ReadonlySet<string> = new Set(["=", "<=>", "<", ">", "<=", ">=", "BETWEEN", "IN"]);

/** Columns that a condition compares with something and all of whose parts must hold. */
function filtersOf(where: Expr | undefined): readonly string[] {
  if (where?.kind !== "operator") return [];
  if (where.operator === "AND" || where.operator === "&&") return where.operands.flatMap(filtersOf);
  if (!NARROWS.has(where.operator)) return [];
  return where.operands.flatMap((operand) => (operand.kind === "column" ? [operand.parts.at(-1) ?? ""] : []));
}
