import { closest } from "#schemas/closest.ts";
import type { Rule } from "../rule.ts";

export const unknownTable: Rule = {
  id: "unknown-table",
  scope: "query",
  title: "Table that the schema does not have",
  group: "query",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "error",
  default: "on",
  check(query, scene) {
    const { unknownTables, relations } = query.resolved;
    // Code may speak to another database too: there a single strange name says nothing unless it is nearly one of ours.
    const names = [...scene.index.model.tables, ...scene.index.model.views].map(({ name }) => name);
    const isOurs =
      query.source.kind !== "code" ||
      relations.length > 0 ||
      unknownTables.some(({ name }) => closest(name, names) !== null);
    if (!isOurs) return [];
    return query.nameProblems.flatMap(({ kind, message, help, at }) => {
      if (kind !== "unknown table") return [];
      const written = unknownTables.find((table) => table.at === at) ?? unknownTables[0];
      const near = written && closest(written.name, names);
      const advice = near ? `Did you mean ${near}?` : "The schema after the migration has no such table or view";
      return [
        {
          message,
          help: help ?? advice,
          objects: relations.map(({ id }) => id),
          ...(at === undefined ? {} : { at }),
        },
      ];
    });
  },
};
