import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";
import { isReservedWord } from "../reserved.ts";

export const reservedWord: Rule = {
  id: "reserved-word",
  scope: "schema",
  title: "Reserved word as a name",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    return ownTables(model).flatMap((table) =>
      [table, ...table.columns]
        .filter(({ name }) => isReservedWord(name, model.dialect))
        .map((object) => ({
          message: `${object.id} is named by a reserved word: it must be quoted in every query`,
          help: "Another name",
          objects: [object.id],
          about: object,
        })),
    );
  },
};
