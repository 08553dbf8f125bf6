/**
 * What a type of MySQL or SQL Server holds less of than the type that stands for it here, as a condition on the column
 * (SQL of PostgreSQL, `column` quoted); null when they hold the same.
 * https://dev.mysql.com/doc/refman/8.4/en/data-types.html, https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql
 */
export function typeLimit(raw: string, column: string, dialect: "mysql" | "mssql"): string | null {
  const type = /^\s*([a-z_0-9]+)\s*(?:\(([^)]*)\))?/i.exec(raw);
  const name = (type?.[1] ?? "").toLowerCase();
  const length = Number((type?.[2] ?? "").split(",")[0]);
  const isUnsigned = /\bunsigned\b/i.test(raw);
  const within = (least: string, most: string): string => `${column} BETWEEN ${least} AND ${most}`;
  if (name in DATES[dialect]) {
    const [least, most] = DATES[dialect][name] ?? ["", ""];
    return within(`TIMESTAMP '${least}'`, `TIMESTAMP '${most}'`);
  }
  if (name === "year") return within("1901", "2155");
  if (dialect === "mssql" && name === "tinyint") return within("0", "255");
  if (name === "bit" && !(length > 1)) return within("0", "1");
  const bytes = BYTES[name];
  if (bytes !== undefined) {
    const size = name.endsWith("binary") ? length : bytes;
    return Number.isFinite(size) ? `octet_length(${column}) <= ${size}` : null;
  }
  const limit = NUMBERS[name];
  if (limit === undefined) return isUnsigned ? `${column} >= 0` : null;
  if (isUnsigned) return within("0", String(limit * 2n + 1n));
  return name === "tinyint" || name === "mediumint" ? within(`(${-limit - 1n})`, String(limit)) : null;
}

const NUMBERS: Readonly<Record<string, bigint>> = {
  tinyint: 127n,
  smallint: 32_767n,
  mediumint: 8_388_607n,
  int: 2_147_483_647n,
  integer: 2_147_483_647n,
};
/** The number is for types without a length of their own. */
const BYTES: Readonly<Record<string, number>> = { binary: 1, varbinary: 1, tinyblob: 255, blob: 65_535, tinytext: 255 };
type Span = readonly [least: string, most: string];
const DATES: Readonly<Record<"mysql" | "mssql", Readonly<Record<string, Span>>>> = {
  mysql: { timestamp: ["1970-01-02", "2038-01-18"], datetime: ["1000-01-01", "9999-12-31"] },
  mssql: { datetime: ["1753-01-01", "9999-12-31"], smalldatetime: ["1900-01-01", "2079-06-05"] },
};
