import type { Dialect } from "../../model.ts";

/** How Prisma's schema engine writes SQL for a database. */
export interface PrismaProvider {
  /** Names are cut so that they fit (https://www.prisma.io/docs/orm/prisma-schema/data-model/database-mapping). */
  readonly longestName: number;
  readonly scalars: ReadonlyMap<string, string>;
  /** What `now()` is; the precision is that of DateTime. */
  readonly now: string;
  /** Whether unique fields are indexes of their own rather than constraints. */
  readonly uniqueIsIndex: boolean;
  /** Whether primary keys have a name. */
  readonly namesPrimaryKeys: boolean;
  readonly namesDefaults: boolean;
  /** What `Restrict` is where the database has no such action. */
  readonly restrict: "restrict" | "no action";
  /** Whether `now()` has the precision of its column where that has one of its own. */
  readonly nowHasPrecision: boolean;
  /** Whether Prisma's own engine writes the SQL here; else our reader does. */
  readonly hasSchemaEngine: boolean;
  /** Whether the table of a relation of many to many has a primary key rather than a unique index. */
  readonly joinsByPrimaryKey: boolean;
}

const providers: Readonly<Record<Dialect, PrismaProvider>> = {
  postgres: {
    longestName: 63,
    scalars: new Map([
      ["String", "TEXT"],
      ["Boolean", "BOOLEAN"],
      ["Int", "INTEGER"],
      ["BigInt", "BIGINT"],
      ["Float", "DOUBLE PRECISION"],
      ["Decimal", "DECIMAL(65,30)"],
      ["DateTime", "TIMESTAMP(3)"],
      ["Json", "JSONB"],
      ["Bytes", "BYTEA"],
    ]),
    now: "CURRENT_TIMESTAMP",
    uniqueIsIndex: true,
    namesPrimaryKeys: true,
    namesDefaults: false,
    restrict: "restrict",
    nowHasPrecision: false,
    hasSchemaEngine: true,
    joinsByPrimaryKey: true,
  },
  mysql: {
    longestName: 64,
    scalars: new Map([
      ["String", "VARCHAR(191)"],
      ["Boolean", "BOOLEAN"],
      ["Int", "INTEGER"],
      ["BigInt", "BIGINT"],
      ["Float", "DOUBLE"],
      ["Decimal", "DECIMAL(65,30)"],
      ["DateTime", "DATETIME(3)"],
      ["Json", "JSON"],
      ["Bytes", "LONGBLOB"],
    ]),
    now: "CURRENT_TIMESTAMP(3)",
    uniqueIsIndex: true,
    namesPrimaryKeys: false,
    namesDefaults: false,
    restrict: "restrict",
    nowHasPrecision: true,
    hasSchemaEngine: false,
    joinsByPrimaryKey: false,
  },
  mssql: {
    longestName: 128,
    scalars: new Map([
      ["String", "NVARCHAR(1000)"],
      ["Boolean", "BIT"],
      ["Int", "INT"],
      ["BigInt", "BIGINT"],
      ["Float", "FLOAT(53)"],
      ["Decimal", "DECIMAL(32,16)"],
      ["DateTime", "DATETIME2"],
      ["Json", "NVARCHAR(max)"],
      ["Bytes", "VARBINARY(max)"],
    ]),
    now: "CURRENT_TIMESTAMP",
    uniqueIsIndex: false,
    namesPrimaryKeys: true,
    namesDefaults: true,
    restrict: "no action",
    nowHasPrecision: false,
    hasSchemaEngine: false,
    joinsByPrimaryKey: false,
  },
};

export const prismaProvider = (dialect: Dialect): PrismaProvider => providers[dialect];

/** `UnsignedInt(…)` and its like as SQL: the names are those of the database but for these. */
export function nativeType(name: string, args: readonly string[]): string {
  const words = spelled.get(name);
  const unsigned = name.startsWith("Unsigned") ? " unsigned" : "";
  const base = words ?? name.replace(/^Unsigned/, "").toLowerCase();
  return `${base}${args.length > 0 ? `(${args.join(",")})` : ""}${unsigned}`;
}

const spelled: ReadonlyMap<string, string> = new Map([["DoublePrecision", "double precision"]]);

export const prismaEngines: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  postgres: "postgres",
  mysql: "mysql",
  sqlserver: "mssql",
  sqlite: "sqlite",
  cockroachdb: "cockroachdb",
  mongodb: "mongodb",
};
