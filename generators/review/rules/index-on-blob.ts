import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const indexOnBlob: Rule = {
  id: "index-on-blob",
  scope: "schema",
  title: "Index on a large text",
  group: "schema",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check({ model }) {
    return ownTables(model).flatMap((table) =>
      table.indexes.flatMap((index) => {
        const large = index.keys.flatMap(({ column }) => {
          const found = table.columns.find(({ name }) => name === column);
          return found && LARGE.test(found.type.raw) ? [found.name] : [];
        });
        if (large.length === 0 || index.method === "fulltext") return [];
        return [
          {
            message: `${index.id} is built on ${large.join(", ")}, a BLOB or TEXT: only its first bytes are in the index`,
            help: "Index a hash of it, or a generated column that holds what is searched for",
            objects: [index.id],
            about: index,
          },
        ];
      }),
    );
  },
};

const LARGE = /^(?:tiny|medium|long)?(?:text|blob)\b/;
