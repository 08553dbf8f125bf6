import type { Rule } from "../rule.ts";

export const noTrigger: Rule = {
  id: "no-trigger",
  scope: "schema",
  title: "Trigger",
  group: "schema",
  dialects: ["mysql"],
  severity: "info",
  default: "opt-in",
  check({ model }) {
    return model.tables.flatMap((table) =>
      table.triggers.map((trigger) => ({
        message: `${trigger.id} changes rows that no statement of the application names`,
        help: "Do it in the application",
        objects: [trigger.id, table.id],
        about: trigger,
      })),
    );
  },
};
