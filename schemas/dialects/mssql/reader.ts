import type { DialectReader, ReadOptions } from "../reader.ts";
import { readMssqlModel, type MssqlOptions } from "./read-mssql-model.ts";
import { readMssqlSteps } from "./read-mssql-steps.ts";

/** Our own reader applies the files: no engine runs. It takes less time than a cache would. */
export const mssql: DialectReader = {
  id: "mssql",
  readSteps: (history, files, options) => readMssqlSteps(history, files, mssqlOptions(options)),
  readModel: (files, options) => Promise.resolve(readMssqlModel(files, mssqlOptions(options))),
};

const mssqlOptions = ({
  engineVersion,
  variables,
}: Pick<ReadOptions, "engineVersion" | "variables">): MssqlOptions => ({
  ...(engineVersion === undefined ? {} : { version: engineVersion }),
  ...(variables ? { variables } : {}),
});
