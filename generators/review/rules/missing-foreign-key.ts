import { nameWords } from "../name-words.ts";
import { columnRemarks, primaryKeyOf } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const missingForeignKey: Rule = {
  id: "missing-foreign-key",
  scope: "schema",
  title: "Column that looks like a reference",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(index) {
    const byName = Map.groupBy(index.model.tables, ({ schema, name }) => `${schema} ${name}`);
    return columnRemarks(index, "Add the foreign key, NOT VALID first when the table has rows", (column, table) => {
      const stem = nameWords(column.name).at(-1) === "id" ? nameWords(column.name).slice(0, -1).join("_") : "";
      const isKey = table.constraints.some(
        ({ kind, columns }) => kind === "foreign key" && columns.includes(column.name),
      );
      if (stem === "" || isKey || !KEYS.has(column.type.family)) return null;
      const target = plurals(stem).flatMap((name) => byName.get(`${table.schema} ${name}`) ?? [])[0];
      if (!target || target === table || primaryKeyOf(target)?.columns.length !== 1) return null;
      return `${column.id} looks like a reference to ${target.id}, and nothing keeps it one`;
    });
  },
};

const KEYS: ReadonlySet<string> = new Set(["integer", "uuid", "text"]);

const plurals = (word: string): readonly string[] => [word, `${word}s`, `${word}es`, word.replace(/y$/, "ies")];
