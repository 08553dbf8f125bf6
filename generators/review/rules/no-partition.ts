import type { Rule } from "../rule.ts";

export const noPartition: Rule = {
  id: "no-partition",
  scope: "schema",
  title: "Partitioned table where none are wanted",
  group: "schema",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return model.tables
      .filter(({ variant, partitionOf }) => variant === "partitioned" && partitionOf === undefined)
      .map((table) => ({
        message: `${table.id} is partitioned, and this project wants no such tables`,
        help: "A plain table",
        objects: [table.id],
        about: table,
      }));
  },
};
