import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readTarget, type LiveTarget } from "#schemas/dialects/live-target.ts";
import { signIn } from "#schemas/dialects/postgres/live/session.ts";
import { ProblemError } from "#schemas/problem.ts";
import type { StoreDatabase } from "./drizzle-store.ts";
import type { ServerStore } from "./server-store.ts";
import { holdFolder } from "./hold-folder.ts";

export type StoreSettings =
  /** URL of a PostgreSQL; several servers may share it. */
  | { readonly kind: "postgres"; readonly url: string }
  /** Folder of the embedded engine's files, which one server at a time may have. */
  | { readonly kind: "embedded"; readonly folder: string };

const CONNECT_MS = 10_000;
const STATEMENT_MS = 30_000;
/** What a store of sessions and counts needs; the engine's own default is 128 MB. */
const SMALL_MEMORY = ["-c", "shared_buffers=8MB"];
/** A request asks the store two or three short questions, so few sessions serve many. */
const MOST_SESSIONS = 8;

/**
 * Opens the store and brings its tables up to date. Throws `ProblemError`: exit 2 for a URL that cannot be read or a
 * folder that another server has, exit 3 for a database that cannot be reached or changed.
 */
export async function openStore(
  settings: StoreSettings,
  onError: (error: Error) => void = () => undefined,
): Promise<ServerStore> {
  return settings.kind === "postgres" ? openPostgres(settings.url, onError) : openEmbedded(settings.folder);
}

async function openPostgres(url: string, onError: (error: Error) => void): Promise<ServerStore> {
  const target = targetOf(url);
  // Says what is wrong with a connection better than a pool does.
  const { client } = await signIn(target);
  await client.end();
  const { Pool } = await import("pg").then((module) => module.default);
  const { drizzle } = await import("drizzle-orm/node-postgres");
  const { host, port, user, password = "", database, tls } = target;
  const pool = new Pool({
    host,
    port,
    user,
    password,
    database,
    ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verify" },
    max: MOST_SESSIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: "querygenie-store",
  });
  // A session that breaks while nobody uses it is replaced by the pool.
  pool.on("error", onError);
  return migrated(drizzle({ client: pool }), () => pool.end());
}

function targetOf(url: string): LiveTarget {
  const { value, problems } = readTarget({
    connection: "store",
    variable: "DATABASE_URL",
    url,
    dialect: "postgres",
    timeouts: { connectMs: CONNECT_MS, statementMs: STATEMENT_MS },
  });
  if (value === null) throw new ProblemError(problems, 2);
  return value;
}

/** The engine keeps its files itself: what it has answered is on the disk. */
async function openEmbedded(folder: string): Promise<ServerStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const letGo = await holdFolder(folder);
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const { drizzle } = await import("drizzle-orm/pglite");
    const client = await PGlite.create({
      dataDir: join(folder, "cluster"),
      startParams: [...PGlite.defaultStartParams, ...SMALL_MEMORY],
    });
    return await migrated(drizzle({ client }), async () => {
      await client.close();
      await letGo();
    });
  } catch (error) {
    await letGo();
    throw error instanceof ProblemError ? error : cannotOpen(error);
  }
}

async function migrated(db: StoreDatabase, close: () => Promise<void>): Promise<ServerStore> {
  const [{ migrateStore }, { drizzleStore }] = await Promise.all([
    import("./migrate-store.ts"),
    import("./drizzle-store.ts"),
  ]);
  try {
    await migrateStore(db);
    return drizzleStore(db, close);
  } catch (error) {
    await close();
    throw cannotOpen(error);
  }
}

function cannotOpen(cause: unknown): ProblemError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new ProblemError(
    [
      {
        code: "QG604",
        severity: "error",
        message: `the server's store cannot be opened: ${reason}`,
        help: "The user of DATABASE_URL needs CREATE on the database, for a schema `querygenie`; the folder in QUERYGENIE_DATA_DIR must be writable.",
      },
    ],
    3,
    cause,
  );
}
