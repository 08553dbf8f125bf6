import { mssqlOf } from "../statement.ts";
import { renameOf } from "../by-rule/mssql-acts.ts";
import type { Rule } from "../rule.ts";

export const mssqlSpRename: Rule = {
  id: "mssql-sp-rename",
  scope: "statement",
  title: "Object renamed under the code that names it",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "error",
  default: "on",
  check(reviewed) {
    const statement = mssqlOf(reviewed)?.statement;
    const rename = statement?.kind === "execute" ? renameOf(statement) : null;
    // Tables and columns have rules of their own.
    if (rename === null || rename.kind === "COLUMN" || reviewed.acts.some(({ kind }) => kind === "rename table"))
      return [];
    const what = rename.parts.join(".");
    return [
      {
        message: `sp_rename gives ${what} the name ${rename.to}: code that names it fails, and its own definition in the catalog keeps the old name`,
        help: "Make the new object, keep the old name as a synonym, drop it later",
        objects: [],
      },
    ];
  },
};
