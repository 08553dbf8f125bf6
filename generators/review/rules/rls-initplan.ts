import { bareCalls } from "../bare-calls.ts";
import type { Rule } from "../rule.ts";

export const rlsInitplan: Rule = {
  id: "rls-initplan",
  scope: "schema",
  title: "Policy that calls a function for each row",
  group: "query",
  dialects: ["postgres"],
  severity: "warning",
  default: "on",
  check(index) {
    return index.model.tables.flatMap((table) =>
      table.policies.flatMap((policy) => {
        const calls = new Set(
          [policy.using, policy.check].flatMap((text) => (text === undefined ? [] : bareCalls(text))),
        );
        if (calls.size === 0) return [];
        const [first = ""] = calls;
        return [
          {
            message: `The policy ${policy.name} of ${table.id} calls ${[...calls].join(", ")} for each row`,
            help: `(SELECT ${first}) is called once for the whole query`,
            objects: [policy.id],
            about: policy,
          },
        ];
      }),
    );
  },
};
