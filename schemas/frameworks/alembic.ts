import { codeFramework } from "./code-framework.ts";
import { nameOf, folderOf } from "./listing.ts";
import type { Framework } from "./framework.ts";

export const alembic: Framework = codeFramework({
  id: "alembic",
  title: "Alembic",
  instead: "Write their SQL to a file (alembic upgrade head --sql > schema.sql) and name it under sources.",
  name: /^\w+\.py$/,
  fits: (folder, listing) => nameOf(folder) === "versions" && listing.filesIn(folderOf(folder)).includes("env.py"),
});
