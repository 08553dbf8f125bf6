import { actsOf } from "../acts/act.ts";
import type { Rule } from "../rule.ts";

export const extensionUpgrade: Rule = {
  id: "extension-upgrade",
  scope: "statement",
  title: "Extension upgraded in a migration",
  group: "migration",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check({ acts }) {
    return actsOf(acts, "upgrade extension").map(({ name, to }) => ({
      message: `ALTER EXTENSION ${name} UPDATE runs the upgrade scripts of ${to === undefined ? "whatever version the server has" : `version ${to}`}: they may lock, rewrite and drop what depends on it`,
      help: "Upgrade it in a step of its own, with the version named, after reading its notes",
      objects: [],
      evidence: "rule" as const,
    }));
  },
};
