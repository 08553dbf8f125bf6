import type { DialectReader } from "../reader.ts";
import { readMssqlModel } from "./read-mssql-model.ts";

/** Our own reader applies the files: no engine runs. It takes less time than a cache would. */
export const mssql: DialectReader = {
  id: "mssql",
  readModel: (files, { engineVersion, variables }) =>
    Promise.resolve(
      readMssqlModel(files, {
        ...(engineVersion === undefined ? {} : { version: engineVersion }),
        ...(variables ? { variables } : {}),
      }),
    ),
};
