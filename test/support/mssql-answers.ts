import { catalogQueries, type Catalog } from "#schemas/dialects/mssql/live/catalog.ts";
import { BETWEEN } from "#schemas/dialects/mssql/live/session.ts";
import type { TdsAnswer } from "./tds-server.ts";

/** Answers the catalog's queries from rows; anything else as a server answers what it does not understand. */
export function mssqlAnswers(
  catalog: Catalog,
  others: ReadonlyMap<string, unknown> = new Map(),
): (sql: string) => TdsAnswer {
  const known = new Map<string, unknown>([
    ...catalogQueries.map((query, at) => [query, Object.values(catalog)[at]] as const),
    ...others,
  ]);
  return (sql) => {
    const statements = sql.split(BETWEEN).filter((statement) => statement.startsWith("select ("));
    const sets: (string | null)[] = [];
    for (const statement of statements) {
      const query = statement.slice("select (".length, -") as json".length);
      if (/serverproperty\('ProductVersion'\).*without_array_wrapper$/.test(query))
        sets.push(JSON.stringify(catalog.server[0]));
      else if (known.has(query)) sets.push(asJson(known.get(query)));
      else return { kind: "error", number: 102, message: "Incorrect syntax." };
    }
    return { kind: "rows", sets };
  };
}

/** FOR JSON gives NULL where there are no rows. */
const asJson = (rows: unknown): string | null =>
  Array.isArray(rows) && rows.length === 0 ? null : JSON.stringify(rows);
