import { isReservedIn } from "#schemas/dialects/reserved-words.ts";
import type { Dialect } from "#schemas/model.ts";
import { isReserved } from "./sql.ts";

const checks: Readonly<Record<Dialect, (name: string) => boolean>> = {
  postgres: isReserved,
  mysql: (name) => isReservedIn("mysql", name),
  mssql: (name) => isReservedIn("mssql", name),
};

/** Whether a dialect wants a name quoted though it is plain. */
export const isReservedWord = (name: string, dialect: Dialect): boolean => checks[dialect](name);
