import { codeFramework } from "./code-framework.ts";
import type { Framework } from "./framework.ts";

export const efCore: Framework = codeFramework({
  id: "ef-core",
  title: "Entity Framework Core",
  instead: "Write their SQL to a file (dotnet ef migrations script --output schema.sql) and name it under sources.",
  name: /^\d{14}_\w+(?<!\.Designer)\.cs$/,
  fits: (folder, listing) => listing.filesIn(folder).some((name) => name.endsWith("ModelSnapshot.cs")),
});
