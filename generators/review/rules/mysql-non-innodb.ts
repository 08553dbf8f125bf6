import { givenOptions, subject } from "../by-rule/mysql-statement.ts";
import type { Rule } from "../rule.ts";

export const mysqlNonInnodb: Rule = {
  id: "mysql-non-innodb",
  scope: "statement",
  title: "Engine other than InnoDB",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "warning",
  default: "on",
  check(reviewed) {
    return givenOptions(reviewed).flatMap(({ others }) => {
      const { engine } = others;
      if (engine === undefined || /^innodb$/i.test(engine)) return [];
      return [
        {
          message: `${subject(reviewed)} uses the engine ${engine}: no InnoDB, so what holds there of transactions, crashes and foreign keys need not hold here`,
          help: "ENGINE=InnoDB",
          objects: [],
        },
      ];
    });
  },
};
