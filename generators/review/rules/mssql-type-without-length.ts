import { definedColumns, queriesOf, subject } from "../by-rule/mssql-statement.ts";
import { mssqlOf } from "../statement.ts";
import { walkStatement } from "#schemas/languages/sql/query/walk.ts";
import type { Rule } from "../rule.ts";

export const mssqlTypeWithoutLength: Rule = {
  id: "mssql-type-without-length",
  scope: "statement",
  title: "Type without a length",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    const statement = mssqlOf(reviewed)?.statement;
    const columns = definedColumns(reviewed).flatMap(({ name, type }) => (type ? [{ name, type }] : []));
    const parameters = statement?.kind === "routine" ? statement.arguments : [];
    const found = [...columns, ...parameters].flatMap(({ name, type }) =>
      isBare(type.name.name) && type.name.schema === undefined && type.arguments.length === 0
        ? [`${name} is ${type.name.name} without a length, which means 1`]
        : [],
    );
    for (const query of queriesOf(reviewed)) {
      walkStatement(query, {
        expr(expr) {
          if (expr.kind === "cast" && isBare(expr.type))
            found.push(`a cast to ${expr.type} without a length cuts behind 30`);
        },
      });
    }
    return [...new Set(found)].map((what) => ({
      message: `In ${subject(reviewed)} ${what}`,
      help: "Say the length",
      objects: [],
    }));
  },
};

const isBare = (type: string): boolean => SIZED.has(type.toLowerCase());
const SIZED: ReadonlySet<string> = new Set(["char", "varchar", "nchar", "nvarchar", "binary", "varbinary"]);
