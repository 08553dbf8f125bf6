import { actsOf } from "../acts/act.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const domainWithConstraint: Rule = {
  id: "domain-with-constraint",
  scope: "statement",
  title: "Constraint on a domain",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(statement, scene) {
    const made = actsOf(statement.acts, "create domain").filter(({ constraints }) => constraints.length > 0);
    const read = statement.measurement?.scans ?? [];
    const added = read.length === 0 ? [] : actsOf(statement.acts, "add domain constraint");
    return [
      ...made.map(({ type, constraints }) => ({
        message: `The ${constraints.join(" and ")} of the new domain ${type.id} can only be changed for all its tables at once, each read from end to end`,
        help: "Put the check on the table, where it can be added NOT VALID and validated alone",
        objects: [type.id],
        evidence: "rule" as const,
        severity: "info" as const,
      })),
      ...added.map(({ type }) => ({
        message: `A constraint on the domain ${type.id} reads all of ${read.map((id) => sized(scene, id)).join(" and ")}`,
        help: "Add it NOT VALID, then ALTER DOMAIN … VALIDATE CONSTRAINT in another transaction",
        objects: [type.id, ...read],
      })),
    ];
  },
};
