import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const lockTimeoutTooLong: Rule = {
  id: "lock-timeout-too-long",
  scope: "statement",
  title: "lock_timeout that is too long",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ acts }, scene) {
    return actsOf(acts, "set").flatMap(({ name, value }) => {
      const seconds = name === "lock_timeout" && value !== null ? secondsOf(value) : null;
      if (seconds === null || seconds <= scene.limits.lockTimeoutSeconds) return [];
      return [
        {
          message: `lock_timeout = ${value} lets every query on the table wait behind the migration for so long, more than ${scene.limits.lockTimeoutSeconds} s`,
          help: "Wait 2 s and let the deployment try again",
          objects: [],
          evidence: "rule" as const,
        },
      ];
    });
  },
};

/** Source: PostgreSQL 18 manual, 19.1.1. A number without a unit is milliseconds. */
const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/** Null for what is no time. */
function secondsOf(value: string): number | null {
  const count = Number.parseFloat(value);
  const unit = value.trim().replace(/^[\d.]+\s*/, "");
  const factor = unit === "" ? UNITS["ms"] : UNITS[unit];
  return Number.isNaN(count) || factor === undefined ? null : count * factor;
}
