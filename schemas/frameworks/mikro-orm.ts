import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const mikroOrm: Framework = codeFramework({
  id: "mikro-orm",
  title: "MikroORM",
  instead:
    "Commit a dump of a database they were run on (pg_dump --schema-only > schema.sql) and name it under sources.",
  name: /^Migration\d{14}\w*\.(?:[cm]?js|[cm]?ts)$/,
});
