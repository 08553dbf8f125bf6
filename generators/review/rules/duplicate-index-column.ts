import type { Rule } from "../rule.ts";

export const duplicateIndexColumn: Rule = {
  id: "duplicate-index-column",
  scope: "schema",
  title: "Column twice in one index",
  group: "schema",
  dialects: ["postgres", "mysql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return model.tables.flatMap((table) =>
      table.indexes.flatMap((index) => {
        const columns = [...index.keys.flatMap(({ column }) => column ?? []), ...index.include];
        const twice = columns.find((column, position) => columns.indexOf(column) !== position);
        if (twice === undefined) return [];
        return [
          {
            message: `${index.id} holds ${twice} twice`,
            help: "Name each column once",
            objects: [index.id, table.id],
            about: index,
          },
        ];
      }),
    );
  },
};
