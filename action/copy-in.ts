import type { Client, Connection, Submittable } from "pg";

/**
 * Sends a `COPY … FROM STDIN` and its data, no faster than the server takes it: what waits to be sent is one part.
 * Fails with the server's own error, or with what the parts throw; nothing of the statement is left then.
 */
export function copyIn(client: Client, sql: string, parts: Iterable<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn({ sql, parts: parts[Symbol.iterator](), resolve, reject }));
  });
}

interface CopyJob {
  readonly sql: string;
  readonly parts: Iterator<string>;
  resolve(): void;
  reject(error: unknown): void;
}

/** What the driver calls while the statement is the one that the server works on. */
class CopyIn implements Submittable {
  readonly #job: CopyJob;
  /** Why the client gave up, in place of the server's words about it. */
  #cause: unknown;
  #isOver = false;

  constructor(job: CopyJob) {
    this.#job = job;
  }

  submit(connection: Connection): void {
    connection.query(this.#job.sql);
  }

  handleCopyInResponse({ stream }: Connection): void {
    const send = (): void => {
      try {
        if (this.#isOver) return;
        const next = this.#job.parts.next();
        if (next.done === true) {
          stream.write(message("c"));
          return;
        }
        // A server that refuses goes on reading, so what it says must be heard between two parts.
        if (stream.write(message("d", next.value))) setImmediate(send);
        else stream.once("drain", send);
      } catch (error) {
        this.#cause = error;
        stream.write(message("f", "the client has no more rows\0"));
      }
    };
    send();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#isOver = true;
    this.#job.resolve();
  }

  handleError(error: unknown): void {
    this.#isOver = true;
    this.#job.reject(this.#cause ?? error);
  }
}

const LENGTH_BYTES = 4;

/** A message of PostgreSQL's protocol: CopyData (`d`), CopyDone (`c`), CopyFail (`f`). */
function message(kind: "c" | "d" | "f", text = ""): Buffer {
  const length = LENGTH_BYTES + Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(1 + length);
  bytes.write(kind, 0, "latin1");
  bytes.writeUInt32BE(length, 1);
  bytes.write(text, 1 + LENGTH_BYTES);
  return bytes;
}
