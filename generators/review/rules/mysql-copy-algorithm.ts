import { oldTableChange, requested } from "../by-rule/mysql-statement.ts";
import { sized } from "../blocking.ts";
import type { Rule } from "../rule.ts";

export const mysqlCopyAlgorithm: Rule = {
  id: "mysql-copy-algorithm",
  scope: "statement",
  title: "Copy or lock that the statement asks for",
  group: "mysql-ddl",
  dialects: ["mysql"],
  severity: "error",
  default: "on",
  check(reviewed, scene) {
    const change = oldTableChange(reviewed);
    if (!change) return [];
    const { table, statement } = change;
    const algorithm = requested(statement, "algorithm");
    const lock = requested(statement, "lock");
    const isLocked = lock === "shared" || lock === "exclusive";
    if (algorithm !== "copy" && !isLocked) return [];
    const words = algorithm === "copy" ? "ALGORITHM=COPY copies all of" : `LOCK=${lock?.toUpperCase() ?? ""} locks`;
    const blocked = lock === "exclusive" ? "read or write it" : "write to it";
    return [
      {
        message: `${words} ${sized(scene, table.id)}: nothing can ${blocked} until it is done`,
        help: "ALGORITHM=INPLACE, LOCK=NONE, which fails where the server cannot, or gh-ost or pt-online-schema-change",
        objects: [table.id],
        ...(scene.sizes.isSmall(table.id) ? { severity: "warning" as const } : {}),
      },
    ];
  },
};
