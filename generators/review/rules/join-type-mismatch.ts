import type { Column, TypeFamily } from "#schemas/model.ts";
import { columnOf, sidesOf, testsOf } from "../query-shape.ts";
import type { Rule } from "../rule.ts";

export const joinTypeMismatch: Rule = {
  id: "join-type-mismatch",
  scope: "query",
  title: "Join of columns of different types",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check(query) {
    const { resolved } = query;
    return testsOf(query.tree).flatMap((test) => {
      const [sides] = sidesOf(test, EQUAL);
      const [left, right] = [columnOf(sides?.[0], resolved), columnOf(sides?.[1], resolved)];
      if (!left || !right || left.source === right.source) return [];
      const why = difference(left.column, right.column);
      if (why === null) return [];
      return [
        {
          message: `${left.column.name} is ${left.column.type.raw} and ${right.column.name} is ${right.column.type.raw}${why}: one side is converted row by row`,
          help: "Give both the same type",
          objects: [left.column.id, right.column.id],
          at: test.at,
        },
      ];
    });
  },
};

const EQUAL: ReadonlySet<string> = new Set(["="]);
/** Families that are compared with each other without a conversion of the column. */
const KIN: readonly (readonly TypeFamily[])[] = [["date", "timestamp"]];

/** Why two columns cannot be compared as they are; null when they can. */
function difference(a: Column, b: Column): string | null {
  const families = [a.type.family, b.type.family];
  if (families.includes("other") || families.includes("composite")) return null;
  if (a.type.family !== b.type.family) {
    return KIN.some((kin) => families.every((family) => kin.includes(family))) ? null : "";
  }
  if (a.charset !== undefined && b.charset !== undefined && a.charset !== b.charset)
    return ` (${a.charset}, ${b.charset})`;
  if (isNational(a) !== isNational(b)) return "";
  const isEnum = a.type.family === "enum" && a.type.typeId !== undefined && b.type.typeId !== undefined;
  return isEnum && a.type.typeId !== b.type.typeId ? "" : null;
}

/** SQL Server's texts of two bytes a character. */
const isNational = ({ type }: Column): boolean =>
  ["nvarchar", "nchar", "ntext"].some((name) => type.raw.startsWith(name));
