import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const rails: Framework = codeFramework({
  id: "rails",
  title: "Rails",
  instead: "Set config.active_record.schema_format = :sql, run bin/rails db:schema:dump and commit db/structure.sql.",
  name: /^\d{14}_\w+\.rb$/,
});
