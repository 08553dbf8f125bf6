import type { DialectReader } from "../reader.ts";
import { readMssqlModel } from "./read-mssql-model.ts";
import { readMssqlSteps } from "./read-mssql-steps.ts";

/** Our own reader applies the files: no engine runs. It takes less time than a cache would. */
export const mssql: DialectReader = {
  id: "mssql",
  readSteps: (history, files, { engineVersion }) =>
    readMssqlSteps(history, files, engineVersion === undefined ? {} : { version: engineVersion }),
  readModel: (files, { engineVersion, variables }) =>
    Promise.resolve(
      readMssqlModel(files, {
        ...(engineVersion === undefined ? {} : { version: engineVersion }),
        ...(variables ? { variables } : {}),
      }),
    ),
};
