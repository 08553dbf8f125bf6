import type { Rule } from "../rule.ts";
import { isAtLeast, type ReviewedStatement } from "../statement.ts";

export const statementAfterAccessExclusive: Rule = {
  id: "statement-after-access-exclusive",
  scope: "statement",
  title: "Work while a table is locked",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check(statement) {
    const { measurement, held } = statement;
    const [table, lock] = [...held].find(([, { mode }]) => mode === "AccessExclusiveLock") ?? [];
    if (!measurement || table === undefined || lock === undefined) return [];
    const other = measurement.locks.find(
      ({ relation, mode }) =>
        !held.has(relation) && mode !== "AccessExclusiveLock" && isAtLeast(mode, "RowExclusiveLock"),
    );
    const read = measurement.scans.find((relation) => !isPartOf(statement, relation));
    const busy = read ?? other?.relation;
    if (busy === undefined) return [];
    return [
      {
        message: `Nothing can read or write ${table}, locked since line ${lock.line}, while this statement ${read === undefined ? "works on" : "reads all of"} ${busy}`,
        help: `Do it in another migration, before ${table} is locked or after it is free`,
        objects: [table, busy],
      },
    ];
  },
};

/** What else the schema statements of the locked table read, the rules that judge them report. */
const isPartOf = ({ syntax, held }: ReviewedStatement, relation: string): boolean =>
  held.get(relation)?.mode === "AccessExclusiveLock" && syntax.about === "schema";
