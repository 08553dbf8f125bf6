import type { QueryReader } from "../languages/sql/query-reader.ts";
import { postgresQueryReader } from "../languages/sql/postgres/query-reader.ts";
import { queryReaderByRule } from "../languages/sql/query/query-tree-reader.ts";
import type { Dialect } from "../model.ts";

const readers: Readonly<Partial<Record<Dialect, () => Promise<QueryReader>>>> = {
  postgres: postgresQueryReader,
  mysql: () => Promise.resolve(queryReaderByRule("mysql")),
  mssql: () => Promise.resolve(queryReaderByRule("mssql")),
};

/** The reader of a dialect's queries; null while it has none. */
export const queryReaderOf = async (dialect: Dialect): Promise<QueryReader | null> =>
  (await readers[dialect]?.()) ?? null;
