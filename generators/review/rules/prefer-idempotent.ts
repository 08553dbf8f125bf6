import { parseObjectId } from "#schemas/object-id.ts";
import { type Act, actsOf } from "../acts/act.ts";
import type { Draft, Rule } from "../rule.ts";

export const preferIdempotent: Rule = {
  id: "prefer-idempotent",
  scope: "statement",
  title: "Statement that cannot run twice",
  group: "style",
  dialects: ["postgres"],
  severity: "info",
  default: "on",
  check({ inTransaction, syntax, file, statement }, scene) {
    const { missingGuard } = syntax;
    if (inTransaction || missingGuard === undefined) return [];
    const { what, name, guard } = missingGuard;
    if (name === "") return [twice(what)];
    const statements = scene.statementsOf(file.path);
    // After DROP … IF EXISTS the name is free.
    const isCleared = statements
      .filter((other) => other.statement.index < statement.index)
      .some(({ acts }) => isDropped(acts, name));
    if (isCleared) return [];
    return [
      {
        message: `${what} ${name} fails when the file runs again after a failure: nothing here is undone`,
        help: what === "CREATE INDEX" ? `DROP INDEX IF EXISTS ${name} before it` : `${what} ${guard}`,
        objects: [],
        evidence: "rule" as const,
      },
    ];
  },
};

/** Without a name nothing fails: the next run makes another one. */
const twice = (what: string): Draft => ({
  message: `${what} without a name makes another one when the file runs again after a failure: nothing here is undone`,
  help: "Give it a name, which a second run can look for",
  objects: [],
  evidence: "rule",
});

const isDropped = (acts: readonly Act[], name: string): boolean =>
  actsOf(acts, "clear index").some((act) => act.name === name) ||
  actsOf(acts, "drop index").some(({ index }) => parseObjectId(index)?.at(-1) === name) ||
  actsOf(acts, "drop table").some(({ table }) => parseObjectId(table.current)?.at(-1) === name);
