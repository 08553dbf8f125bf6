import { indexShape } from "../index-shape.ts";
import type { Rule } from "../rule.ts";

export const duplicateIndex: Rule = {
  id: "duplicate-index",
  scope: "schema",
  title: "Index that another one repeats",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.tables.flatMap((table) => {
      const first = new Map<string, string>();
      return table.indexes.flatMap((index) => {
        const shape = indexShape(index);
        const other = first.get(shape);
        first.set(shape, other ?? index.id);
        // The index of a constraint cannot be dropped alone, so it is never the one too many.
        if (other === undefined || index.constraint !== undefined) return [];
        return [
          {
            message: `${index.id} is the same index as ${other}`,
            help: "Drop one: both are written on every change, one is read",
            objects: [index.id, other],
            about: index,
          },
        ];
      });
    });
  },
};
