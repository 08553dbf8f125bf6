import { beginsWith } from "../index-shape.ts";
import type { Rule } from "../rule.ts";

export const redundantIndex: Rule = {
  id: "redundant-index",
  scope: "schema",
  title: "Index that begins another one",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "on",
  check({ model }) {
    return model.tables.flatMap((table) =>
      table.indexes.flatMap((index) => {
        if (index.unique || index.constraint !== undefined) return [];
        const wider = table.indexes.find((other) => other.keys.length > index.keys.length && beginsWith(other, index));
        if (!wider) return [];
        return [
          {
            message: `${index.id} serves no query that ${wider.id}, which begins with the same columns, does not serve`,
            help: "Drop the shorter one, unless it is much smaller and read very often",
            objects: [index.id, wider.id],
            about: index,
          },
        ];
      }),
    );
  },
};
