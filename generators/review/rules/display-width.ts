import { definedColumns, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const displayWidth: Rule = {
  id: "display-width",
  scope: "statement",
  title: "Width behind a whole-number type",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed) {
    return definedColumns(reviewed).flatMap(({ name, type }) => {
      const [width] = type.arguments;
      // TINYINT(1) is how drivers tell a boolean, and ZEROFILL pads to the width.
      const isMeant = type.zerofill || (type.name === "tinyint" && width === "1");
      if (width === undefined || isMeant || !WHOLE.has(type.name)) return [];
      return [
        {
          message: `${subject(reviewed)}.${name} is ${type.name}(${width}): the width limits nothing and is gone from the catalog since MySQL 8.0.19`,
          help: `Write ${type.name}`,
          objects: [],
        },
      ];
    });
  },
};

const WHOLE: ReadonlySet<string> = new Set(["tinyint", "smallint", "mediumint", "int", "integer", "bigint"]);
