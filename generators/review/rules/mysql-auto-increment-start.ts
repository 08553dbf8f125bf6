import { givenOptions, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlAutoIncrementStart: Rule = {
  id: "mysql-auto-increment-start",
  scope: "statement",
  title: "First number other than the agreed one",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check(reviewed, scene) {
    const { autoIncrementStart } = scene.limits;
    return givenOptions(reviewed).flatMap(({ others }) => {
      const start = others["auto_increment"];
      if (start === undefined || Number(start) === autoIncrementStart) return [];
      return [
        {
          message: `${subject(reviewed)} begins to count at ${start}: a number of the server that the script was dumped from`,
          help: `Leave AUTO_INCREMENT out, or begin at ${autoIncrementStart}`,
          objects: [],
        },
      ];
    });
  },
};
