import type { ModelObject } from "#schemas/model.ts";
import type { RuleLimits } from "#schemas/config/rule-limits.ts";
import { ownTables } from "../own-columns.ts";
import type { Rule } from "../rule.ts";

export const namingConvention: Rule = {
  id: "naming-convention",
  scope: "schema",
  title: "Name that does not match the pattern",
  group: "style",
  dialects: ["postgres", "mysql", "mssql"],
  severity: "info",
  default: "opt-in",
  check({ model }, { names }) {
    return ownTables(model).flatMap((table) => {
      const kinds: readonly (readonly [keyof RuleLimits["names"], readonly ModelObject[]])[] = [
        ["table", [table]],
        ["column", table.columns],
        ["index", table.indexes.filter(({ constraint }) => constraint === undefined)],
        ["primary key", table.constraints.filter(({ kind }) => kind === "primary key")],
        ["foreign key", table.constraints.filter(({ kind }) => kind === "foreign key")],
        ["unique", table.constraints.filter(({ kind }) => kind === "unique")],
      ];
      return kinds.flatMap(([kind, objects]) => {
        const pattern = new RegExp(`^(?:${names[kind]})$`, "u");
        return objects
          .filter(({ name }) => !pattern.test(name))
          .map((object) => ({
            message: `The name of the ${kind} ${object.id} does not match ${names[kind]}`,
            help: "Rename it before it is used",
            objects: [object.id],
            about: object,
          }));
      });
    });
  },
};
