import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";
import { GitError, plainEnvironment } from "./git-process.ts";

interface Waiting {
  readonly id: string;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Long enough for what is read one after another, short enough that nothing stays behind. */
const IDLE_MS = 250;

/** Reads objects of a repository by their ids. */
export type ReadBlob = (id: string) => Promise<Uint8Array>;

/**
 * Reads blobs by one `git cat-file --batch`, which starts at the first read, ends when nothing was asked for a while and
 * starts again when needed. It does not keep this process alive. A read fails with a `GitError`.
 */
export function blobReader(cwd: string): ReadBlob {
  let current: BatchProcess | null = null;
  return (id) => {
    if (current === null || current.isEnding) current = new BatchProcess(cwd);
    return current.read(id);
  };
}

class BatchProcess {
  isEnding = false;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  #idle: NodeJS.Timeout | undefined;
  #said = "";
  #chunks: Buffer[] = [];
  #held = 0;
  /** Bytes of the object whose header was read, its line end included; null between objects. */
  #wanted: number | null = null;

  constructor(cwd: string) {
    this.#child = spawn("git", ["cat-file", "--batch"], {
      cwd,
      env: plainEnvironment(),
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#said += chunk.toString("utf8")));
    // A process that ends early closes its input; its end tells why.
    this.#child.stdin.on("error", () => undefined);
    this.#child.on("error", (error) => this.#fail(new GitError("git could not be started", error.message)));
    this.#child.on("close", () =>
      this.#fail(new GitError("git cat-file ended before it had answered", this.#said.trim())),
    );
  }

  read(id: string): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    this.#keepAlive(true);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject });
      this.#child.stdin.write(`${id}\n`);
    });
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    // A large object comes in many chunks; they are joined when it is whole.
    if (this.#wanted !== null && this.#held < this.#wanted) return;
    let rest: Buffer = Buffer.concat(this.#chunks);
    for (;;) {
      const left = this.#next(rest);
      if (left === null) break;
      rest = left;
    }
    this.#chunks = [rest];
    this.#held = rest.length;
    if (this.#waiting.length === 0) this.#rest();
  }

  /** Takes a header or an object off the front; null when it is not whole yet. */
  #next(bytes: Buffer): Buffer | null {
    if (this.#wanted === null) {
      const end = bytes.indexOf(0x0a);
      if (end === -1) return null;
      const header = bytes.toString("latin1", 0, end);
      const size = Number(/ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
      if (Number.isInteger(size)) this.#wanted = size + 1;
      else {
        const one = this.#waiting.shift();
        one?.reject(new GitError(`git could not read the object ${one.id}`, header));
      }
      return bytes.subarray(end + 1);
    }
    if (bytes.length < this.#wanted) return null;
    this.#waiting.shift()?.resolve(Uint8Array.from(bytes.subarray(0, this.#wanted - 1)));
    const left = bytes.subarray(this.#wanted);
    this.#wanted = null;
    return left;
  }

  #rest(): void {
    this.#keepAlive(false);
    this.#idle = setTimeout(() => {
      this.isEnding = true;
      this.#child.stdin.end();
    }, IDLE_MS);
    this.#idle.unref();
  }

  #keepAlive(wanted: boolean): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Pipes of a child process are sockets; the types do not say so.
    const pipes = [this.#child.stdin, this.#child.stdout, this.#child.stderr] as unknown as readonly Socket[];
    for (const one of [this.#child, ...pipes])
      if (wanted) one.ref();
      else one.unref();
  }

  #fail(error: GitError): void {
    this.isEnding = true;
    clearTimeout(this.#idle);
    for (const one of this.#waiting.splice(0)) one.reject(error);
  }
}
