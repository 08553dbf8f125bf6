import type { ScriptPart } from "#generators/fixtures/write-script.ts";
import type { Dialect } from "#schemas/model.ts";
import type { Progress } from "#schemas/ports.ts";
import { ProblemError, type Problem } from "#schemas/problem.ts";
import { copyIn } from "./copy-in.ts";

/** A live database that takes statements one after the other. */
interface LiveTarget {
  run(part: ScriptPart): Promise<void>;
  close(): Promise<void>;
}

const schemes: Readonly<Record<string, Dialect>> = {
  "postgres:": "postgres",
  "postgresql:": "postgres",
  "mysql:": "mysql",
  "mariadb:": "mysql",
  "sqlserver:": "mssql",
  "mssql:": "mssql",
};

/** The dialect of a database's address; null when it is none. */
export function dialectOfUrl(url: string): Dialect | null {
  try {
    return schemes[new URL(url).protocol] ?? null;
  } catch {
    return null;
  }
}

/** Loads the parts of a script, which bring their own transaction. The server is the judge; what it refuses is undone. */
export async function loadFixtures({
  url,
  dialect,
  parts,
  total,
  progress,
}: {
  readonly url: string;
  readonly dialect: Dialect;
  readonly parts: Iterable<ScriptPart>;
  /** Tables that have rows. */
  readonly total: number;
  readonly progress: Progress;
}): Promise<void> {
  const target = await connect(url, dialect);
  const begun = new Set<string>();
  let table: string | undefined;
  progress.start("load", total);
  try {
    for (const part of parts) {
      table = part.table?.id;
      if (table !== undefined) begun.add(table);
      await target.run(part);
      progress.step("load", Math.min(begun.size, total));
    }
  } catch (error) {
    throw new ProblemError([refused(error, table)], 3);
  } finally {
    // Closing undoes what was not committed.
    await target.close();
  }
}

async function connect(url: string, dialect: Dialect): Promise<LiveTarget> {
  try {
    return await connectors[dialect](url);
  } catch (error) {
    throw new ProblemError(
      [
        {
          code: "QG414",
          severity: "error",
          message: `The database of --load could not be reached: ${messageOf(error)}`,
          help: "Check the address, the password and that the server accepts connections from here.",
        },
      ],
      3,
    );
  }
}

/** Drivers are large and most runs need none. */
const connectors: Readonly<Record<Dialect, (url: string) => Promise<LiveTarget>>> = {
  async postgres(url) {
    const { Client } = await import("pg");
    const client = new Client({ connectionString: url });
    await client.connect();
    return {
      run: async ({ sql, data }) => void (await (data ? copyIn(client, sql, data()) : client.query(sql))),
      close: () => client.end(),
    };
  },
  async mysql(url) {
    const { createConnection } = await import("mysql2/promise");
    const connection = await createConnection({ uri: url.replace(/^mariadb:/, "mysql:"), charset: "utf8mb4" });
    return { run: async ({ sql }) => void (await connection.query(sql)), close: () => connection.end() };
  },
  async mssql(url) {
    const { ConnectionPool } = await import("mssql");
    const address = new URL(url);
    const pool = new ConnectionPool({
      server: address.hostname,
      ...(address.port !== "" && { port: Number(address.port) }),
      user: decodeURIComponent(address.username),
      password: decodeURIComponent(address.password),
      database: decodeURIComponent(address.pathname.slice(1)),
      // One connection, so that all statements share its transaction.
      pool: { max: 1, min: 1 },
      options: {
        encrypt: address.searchParams.get("encrypt") !== "false",
        trustServerCertificate: address.searchParams.get("trustServerCertificate") === "true",
      },
    });
    await pool.connect();
    return { run: async ({ sql }) => void (await pool.request().batch(sql)), close: () => pool.close() };
  },
};

function refused(error: unknown, table: string | undefined): Problem {
  const where = table === undefined ? "" : ` at ${table}`;
  return {
    code: "QG414",
    severity: "error",
    message: `The server refused the fixtures${where}: ${messageOf(error)}`,
    help: "Nothing was changed. Load them into a database that has this schema and none of these rows; --reload removes them first.",
    ...(table !== undefined && { objectId: table }),
  };
}

/** What a driver says, without the address. */
const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(", ");
  return error instanceof Error ? error.message : String(error);
};
