import { createWriteStream, type WriteStream } from "node:fs";
import { maskLiterals } from "#schemas/languages/sql/mask-literals.ts";
import type { ServerLog } from "./log.ts";
import { databaseCaller, nameOfIdentity } from "./sign-in/identity.ts";
import type { AnsweredRequest } from "./query/answered-request.ts";

/** Who asked what, when, how long it took and how many rows it gave. Never a value. */
export interface AuditLog {
  readonly record: (answered: AnsweredRequest) => void;
  /** Resolves when every line is written. */
  readonly close: () => Promise<void>;
}

/** Characters of a query that a line has; the longest that people write have a few thousand. */
const MOST_TEXT = 4000;

/** Appends JSON lines to `file`, readable for its owner alone; `-` puts them into the log. */
export function auditLog(file: string, { log, now }: { readonly log: ServerLog; readonly now: () => Date }): AuditLog {
  if (file === "-") {
    return { record: (answered) => log.info("Query.", auditFields(answered)), close: async () => undefined };
  }
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  stream.on("error", (error) => log.error("The audit log cannot be written.", { reason: error.message }));
  return {
    record(answered) {
      stream.write(`${JSON.stringify({ time: now().toISOString(), ...auditFields(answered) })}\n`);
    },
    close: () => ended(stream),
  };
}

function auditFields(answered: AnsweredRequest) {
  const { route, caller, identity, connection, text, status, code, rows, elapsedMs } = answered;
  const isKnown = identity.kind === "user" || identity.kind === "machine";
  return {
    ...(isKnown
      ? { who: nameOfIdentity(identity), role: databaseCaller(identity).role, address: caller }
      : { who: caller }),
    route,
    connection: connection.name,
    what: whatWasAsked(route, text, connection.dialect),
    status,
    code,
    milliseconds: Math.round(elapsedMs),
    rows,
  };
}

/** SQL without its values; of a question, which is all value, its length. */
export function whatWasAsked(
  route: AnsweredRequest["route"],
  text: string,
  dialect: AnsweredRequest["connection"]["dialect"],
) {
  if (route === "ask") return `a question of ${text.length} characters`;
  return maskLiterals(text, dialect).slice(0, MOST_TEXT);
}

/** A stream that failed has been reported and is closed already. */
function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) return resolve();
    stream.once("close", resolve);
    stream.end();
  });
}
