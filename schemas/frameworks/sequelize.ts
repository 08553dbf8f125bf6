import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const sequelize: Framework = codeFramework({
  id: "sequelize",
  title: "Sequelize",
  instead:
    "Commit a dump of a database they were run on (pg_dump --schema-only > schema.sql) and name it under sources.",
  name: /^(?:\d{3,}|\d{4}-\d{2}-\d{2})[-_.].*\.(?:[cm]?js|[cm]?ts|coffee)$/,
  mark: /\bqueryInterface\b/,
});
