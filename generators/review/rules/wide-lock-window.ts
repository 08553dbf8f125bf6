import { ACCESS_EXCLUSIVE } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const wideLockWindow: Rule = {
  id: "wide-lock-window",
  scope: "statement",
  title: "Several tables locked at once",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  isOncePerFile: true,
  check(statement, scene) {
    const before = [...statement.held].filter(([, { mode }]) => mode === ACCESS_EXCLUSIVE).map(([id]) => id);
    const taken = (statement.measurement?.locks ?? [])
      .filter(({ relation, mode }) => mode === ACCESS_EXCLUSIVE && !before.includes(relation))
      .map(({ relation }) => relation);
    const [first] = before;
    const [second] = taken;
    // One statement that locks a family or both ends of a foreign key cannot be split.
    if (first === undefined || second === undefined || scene.family(first).includes(second)) return [];
    return [
      {
        message: `${second} is locked while ${first} still is: nothing can read or write either, and a transaction that uses them in the other order ends in a deadlock`,
        help: "One table a transaction: move the rest to another migration",
        objects: [first, second],
      },
    ];
  },
};
