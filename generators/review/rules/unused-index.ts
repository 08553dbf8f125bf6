import { countWords } from "../sizes.ts";
import type { Rule } from "../rule.ts";

export const unusedIndex: Rule = {
  id: "unused-index",
  scope: "schema",
  title: "Index that a database never used",
  group: "schema",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check(index, _limits, statistics) {
    if (!statistics) return [];
    return index.model.tables.flatMap((table) => {
      const relation = Object.hasOwn(statistics.relations, table.id) ? statistics.relations[table.id] : undefined;
      return table.indexes.flatMap((own) => {
        const known =
          relation?.indexes && Object.hasOwn(relation.indexes, own.name) ? relation.indexes[own.name] : undefined;
        // Of a key or a constraint it is there for what it forbids.
        const isNeeded = own.unique || own.primary || own.constraint !== undefined || own.clustered === true;
        if (known?.scans !== 0 || isNeeded) return [];
        const size = known.bytes === undefined ? "" : ` and takes ${countWords(known.bytes)} bytes`;
        return [
          {
            message: `${own.name} was not used once on ${statistics.connection}${size}`,
            help: "Look at every replica before it is dropped: each counts for itself, from the last reset of its counters on",
            objects: [own.id],
            about: own,
          },
        ];
      });
    });
  },
};
