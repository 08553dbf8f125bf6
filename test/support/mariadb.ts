import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A MariaDB of our own: its files, its socket, no port unless one is asked for. */
export interface MariadbServer {
  readonly version: string;
  readonly socket: string;
  /** Runs statements, each whole as it is given; goes on behind those that fail and returns them by position. */
  run(database: string, statements: readonly string[]): ReadonlyMap<number, string>;
  /** Rows of a query whose only column is a JSON text. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the shape of its query.
  rows<Row>(query: string): readonly Row[];
  stop(): Promise<void>;
}

const isInstalled = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

/** True when the system has a server and its client. In CI their absence is a failure, not a reason to skip. */
export function hasMariadb(): boolean {
  const has = ["mariadbd", "mariadb", "mariadb-install-db"].every(
    (program) => isInstalled(program) || program === "mariadb-install-db",
  );
  if (!has && process.env["CI"] === "true")
    throw new Error("mariadbd is not installed: apt-get install mariadb-server");
  return has;
}

export interface MariadbOptions {
  /** Listens on this port of 127.0.0.1. */
  readonly port?: number;
  /** More arguments of the server. */
  readonly settings?: readonly string[];
  /** Files to put into its folder, named in `settings` by their names. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts a server with the compiled-in settings of MariaDB itself, whatever the distribution says. */
export async function startMariadb(options: MariadbOptions = {}): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-mariadb-"));
  const socket = join(folder, "server.sock");
  // The server refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? ["--user=nobody"] : [];
  if (isRoot) chownSync(folder, idOf("-u"), idOf("-g"));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    if (isRoot) chownSync(join(folder, name), idOf("-u"), idOf("-g"));
  }
  const data = `--datadir=${join(folder, "data")}`;
  must(
    spawnSync("mariadb-install-db", [
      "--no-defaults",
      ...user,
      data,
      // Two servers that start at once take each other's files in the shared folder away.
      `--tmpdir=${folder}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
    ]),
  );
  const server = spawn(
    "mariadbd",
    [
      "--no-defaults",
      ...user,
      data,
      `--socket=${socket}`,
      `--pid-file=${join(folder, "pid")}`,
      ...(options.port === undefined
        ? ["--skip-networking"]
        : [`--port=${options.port}`, "--bind-address=127.0.0.1", "--skip-name-resolve"]),
      "--character-set-server=latin1",
      "--collation-server=latin1_swedish_ci",
      "--innodb-buffer-pool-size=32M",
      ...(options.settings ?? []).map((setting) => inFolder(setting, folder, options.files)),
    ],
    { stdio: "ignore" },
  );
  const connect = ["--no-defaults", "-uroot", "-S", socket, "--default-character-set=utf8mb4"];
  const query = (sql: string) =>
    spawnSync("mariadb", [...connect, "-N", "-B", "--raw", "-e", sql], { encoding: "utf8", maxBuffer: 1 << 28 });
  const version = await firstAnswer(() => query("select version()"), server);
  return {
    version,
    socket,
    run(database, statements) {
      const input = [`DELIMITER ${DELIMITER}`, ...statements.map((one) => `${one}\n${DELIMITER}`), ""].join("\n");
      const done = spawnSync("mariadb", [...connect, "--force", "--comments", "--binary-mode", database], {
        input,
        encoding: "utf8",
      });
      return failures(done.stderr, statements);
    },
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above.
    rows<Row>(sql: string) {
      const done = query(sql);
      if (done.status !== 0) throw new Error(done.stderr);
      return (
        done.stdout
          .split("\n")
          .filter(Boolean)
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The caller writes the query and the type of its JSON side by side.
          .map((line) => JSON.parse(line) as Row)
      );
    },
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An argument whose value is one of the files. */
function inFolder(setting: string, folder: string, files: MariadbOptions["files"] = {}): string {
  const [name = "", value = ""] = setting.split("=");
  return Object.hasOwn(files, value) ? `${name}=${join(folder, value)}` : setting;
}

const DELIMITER = "//statement//";

/** The client names the line on which a failed statement begins. */
function failures(output: string, statements: readonly string[]): ReadonlyMap<number, string> {
  const byLine = new Map<number, number>();
  let line = 2;
  for (const [index, statement] of statements.entries()) {
    const end = line + statement.split("\n").length;
    for (; line <= end; line++) byLine.set(line, index);
  }
  const failed = new Map<number, string>();
  for (const [message, at] of output.matchAll(/^ERROR .* at line (\d+):.*$/gm))
    failed.set(byLine.get(Number(at)) ?? -1, message);
  return failed;
}

const idOf = (flag: "-u" | "-g"): number => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);

function must(done: ReturnType<typeof spawnSync>): void {
  if (done.status !== 0) throw new Error(`mariadb-install-db failed: ${String(done.stderr)}`);
}

async function firstAnswer(
  ask: () => { readonly status: number | null; readonly stdout: string; readonly stderr: string },
  server: ChildProcess,
): Promise<string> {
  for (let attempt = 0; attempt < 150 && server.exitCode === null; attempt++) {
    const answer = ask();
    if (answer.status === 0) return answer.stdout.trim();
    await sleep(200);
  }
  throw new Error(`mariadbd did not start (exit code ${String(server.exitCode)})`);
}
