import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "#schemas/problem.ts";

/** Bytes the address of a socket may have on every system that we know; macOS has the fewest. */
const LONGEST_ADDRESS = 100;

/**
 * Holds a folder for this process until it ends or lets go. A socket is the hold: the system closes it with the process,
 * so that no number of a process has to be believed, which in containers is always the same. Throws `ProblemError`
 * (exit 2) while another process has it.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressOf(folder);
  for (let tries = 0; tries < 2; tries++) {
    const server = await listenOn(address);
    if (server !== null) return () => new Promise((resolve) => server.close(() => resolve()));
    if (await isAnswered(address)) break;
    // Left by a process that was killed.
    await rm(address, { force: true });
  }
  const message = `another server uses ${JSON.stringify(folder)}`;
  const help =
    "Stop it, give this one a folder of its own (QUERYGENIE_DATA_DIR), or share a PostgreSQL (DATABASE_URL).";
  throw new ProblemError([{ code: "QG604", severity: "error", message, help }], 2);
}

function addressOf(folder: string): string {
  const name = `querygenie-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, "held");
  return Buffer.byteLength(inside) <= LONGEST_ADDRESS ? inside : join(tmpdir(), name);
}

function listenOn(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => ("code" in error && error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
