import type { LiveTarget } from "#schemas/dialects/live-target.ts";

/** A connection to a server that a test started on this machine. */
export function postgresTarget(
  connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string },
  more: Partial<LiveTarget> = {},
): LiveTarget {
  return { ...common, dialect: "postgres", ...connection, ...more };
}

/** The same for MariaDB, by its socket. */
export function mariadbTarget(socket: string, database: string, more: Partial<LiveTarget> = {}): LiveTarget {
  return { ...common, dialect: "mysql", host: socket, port: 0, user: "root", database, ...more };
}

/** The same for a server that speaks SQL Server's protocol. */
export function mssqlTarget(port: number, more: Partial<LiveTarget> = {}): LiveTarget {
  return {
    ...common,
    dialect: "mssql",
    host: "127.0.0.1",
    port,
    user: "reader",
    password: "s3cret",
    database: "shop",
    ...more,
  };
}

const common = {
  connection: "production",
  variable: "SHOP_DATABASE_URL",
  tls: "off",
  timeouts: { connectMs: 10_000, statementMs: 60_000 },
} as const;
