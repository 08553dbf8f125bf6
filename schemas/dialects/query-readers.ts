import type { QueryReader } from "../languages/sql/query-reader.ts";
import { postgresQueryReader } from "../languages/sql/postgres/query-reader.ts";
import type { Dialect } from "../model.ts";

const readers: Readonly<Partial<Record<Dialect, () => Promise<QueryReader>>>> = {
  postgres: postgresQueryReader,
};

/** The reader of a dialect's queries; null while it has none. */
export const queryReaderOf = async (dialect: Dialect): Promise<QueryReader | null> =>
  (await readers[dialect]?.()) ?? null;
