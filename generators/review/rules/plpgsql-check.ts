import type { Rule } from "../rule.ts";

export const plpgsqlCheck: Rule = {
  id: "plpgsql-check",
  scope: "schema",
  title: "Error in a PL/pgSQL body",
  group: "query",
  dialects: ["postgres"],
  severity: "error",
  default: "opt-in",
  check(index, _limits, statistics) {
    return index.model.routines.flatMap((routine) => {
      const found = statistics?.routines;
      const errors = found && Object.hasOwn(found, routine.id) ? (found[routine.id]?.errors ?? []) : [];
      return errors.map(({ message, line, hint }) => ({
        message: `${routine.id} fails${line === undefined ? "" : ` in line ${line}`}: ${message}`,
        help: hint ?? "Found by plpgsql_check, which prepares every statement of a body without running it",
        objects: [routine.id],
        about: routine,
      }));
    });
  },
};
