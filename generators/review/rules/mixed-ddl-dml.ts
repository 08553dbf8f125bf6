import type { Rule } from "../rule.ts";

export const mixedDdlDml: Rule = {
  id: "mixed-ddl-dml",
  scope: "statement",
  title: "Schema and rows changed in one migration",
  group: "migration",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "warning",
  default: "opt-in",
  isOncePerFile: true,
  check({ file, statement, syntax }, scene) {
    if (syntax.about === "other") return [];
    const before = scene.statementsOf(file.path).filter((other) => other.statement.index < statement.index);
    const other = before.find((earlier) => earlier.syntax.about !== "other" && earlier.syntax.about !== syntax.about);
    if (!other) return [];
    const [now, then] = syntax.about === "rows" ? ["rows", "the schema"] : ["the schema", "rows"];
    return [
      {
        message: `Changes ${now} in a migration that changes ${then} on line ${other.statement.span.line}: locks are held for as long as rows are written`,
        help: "Two migrations: one for the schema, one for the rows",
        objects: [],
        evidence: "rule" as const,
      },
    ];
  },
};
