import { subject } from "../by-rule/mssql-statement.ts";
import { mssqlOf } from "../statement.ts";
import type { Rule } from "../rule.ts";

export const mssqlNestedView: Rule = {
  id: "mssql-nested-view",
  scope: "statement",
  title: "View over views",
  group: "mssql-ddl",
  dialects: ["mssql"],
  severity: "info",
  default: "on",
  check(reviewed, scene) {
    const statement = mssqlOf(reviewed)?.statement;
    if (statement?.kind !== "view") return [];
    const views = statement.mentions.flatMap(({ schema = "dbo", name }) =>
      scene.head.model.views.filter(
        (view) => view.name.toLowerCase() === name.toLowerCase() && view.schema.toLowerCase() === schema.toLowerCase(),
      ),
    );
    const inner = views.filter(({ name }) => name.toLowerCase() !== statement.name.name.toLowerCase());
    if (inner.length === 0) return [];
    return [
      {
        message: `${subject(reviewed)} is built on the view ${inner.map(({ id }) => id).join(", ")}`,
        help: "Query the tables",
        objects: inner.map(({ id }) => id),
      },
    ];
  },
};
