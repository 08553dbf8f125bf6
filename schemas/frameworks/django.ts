import { codeFramework } from "./code-framework.ts";
import { nameOf } from "./listing.ts";
import type { Framework } from "./framework.ts";

export const django: Framework = codeFramework({
  id: "django",
  title: "Django",
  instead:
    "Commit a dump of a database they were run on (pg_dump --schema-only > schema.sql), or what manage.py sqlmigrate prints, and name it under sources.",
  name: /^\d{4}_\w+\.py$/,
  fits: (folder, listing) => nameOf(folder) === "migrations" && listing.filesIn(folder).includes("__init__.py"),
});
