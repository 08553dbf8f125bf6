import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const typeorm: Framework = codeFramework({
  id: "typeorm",
  title: "TypeORM",
  instead:
    "Commit a dump of a database they were run on (pg_dump --schema-only > schema.sql) and name it under sources.",
  name: /^\d{10,}-.*\.(?:[cm]?js|[cm]?ts)$/,
  mark: /\bMigrationInterface\b|\bqueryRunner\b/,
});
