import type { Rule } from "../rule.ts";

export const avoidEnum: Rule = {
  id: "avoid-enum",
  scope: "schema",
  title: "Enum type",
  group: "style",
  dialects: ["postgres", "mysql"],
  severity: "info",
  default: "on",
  check({ model }) {
    return model.enums.map((type) => ({
      message: `${type.id} is an enum: a value can be added to it, and none can be removed or moved`,
      help: "A table of the values with a foreign key, or text with a CHECK",
      objects: [type.id],
      about: type,
    }));
  },
};
