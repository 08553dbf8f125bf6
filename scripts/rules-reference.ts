import { rules } from "#generators/review/rules/registry.ts";
import type { RuleGroup } from "#generators/review/rule.ts";

const GROUPS: readonly (readonly [RuleGroup, string])[] = [
  ["migration", "Locks, rewrites, scans and transactions of a migration"],
  ["compatibility", "What running code and old rows do not survive"],
  ["query", "Queries"],
  ["schema", "The schema as it is"],
  ["style", "Style; lint runs it when it is asked for"],
  ["mysql-ddl", "MySQL and MariaDB"],
  ["mssql-ddl", "SQL Server"],
];

/** `docs/reference/rules.md`: every rule with a link to its page. */
export function rulesReference(): string {
  const sections = GROUPS.flatMap(([group, title]) => {
    const members = rules.filter((rule) => rule.group === group);
    if (members.length === 0) return [];
    const rows = members.map(
      ({ id, title: detects, severity, default: runs, dialects, scope }) =>
        `| [${id}](../../generators/review/rules/${id}.md) | ${detects} | ${severity} | ${runs} | ${dialects.join(", ")} | ${COMMANDS[scope]} |`,
    );
    return [
      `## ${title}`,
      "",
      "| Rule | Detects | Severity | Default | Dialects | Run by |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows,
      "",
    ];
  });
  return [
    "# Rules",
    "",
    "Written by `node scripts/config-reference.ts`. Do not edit.",
    "",
    `${rules.length} rules. Severity is what a rule has before sizes and circumstances decide; \`review.severity\` changes it. Rules that are opt-in run when \`--rules\` names them. The SQL on each page is run by the tests: on PostgreSQL, on MariaDB for MySQL; that of SQL Server is parsed only.`,
    "",
    ...sections,
  ].join("\n");
}

const COMMANDS = {
  statement: "review",
  "query change": "review",
  query: "lint and review",
  schema: "lint",
} as const;
