import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const knex: Framework = codeFramework({
  id: "knex",
  title: "Knex",
  instead:
    "Commit a dump of a database they were run on (pg_dump --schema-only > schema.sql) and name it under sources.",
  name: /^(?:\d{3,}|\d{4}-\d{2}-\d{2})[-_.].*\.(?:[cm]?js|[cm]?ts|coffee)$/,
  mark: /\bknex\b/i,
});
