import { whatWasAsked } from "../audit-log.ts";
import type { AnsweredRequest } from "../query/answered-request.ts";
import { databaseCaller, nameOfIdentity } from "../sign-in/identity.ts";
import { dayOf } from "./day-of.ts";
import type { ServerStore } from "./server-store.ts";

/** Writes what was answered into the store, behind the answers. */
export interface Recorder {
  readonly record: (answered: AnsweredRequest) => void;
  /** Resolves when what was recorded so far is written, or has failed. */
  readonly settled: () => Promise<void>;
}

export interface RecorderOptions {
  readonly store: Pick<ServerStore, "audit" | "history" | "usage">;
  readonly now: () => Date;
  /** Hears that entries are lost: the store failed, or is slower than the callers. */
  readonly onLost: (entries: number, reason: string) => void;
}

/** Entries that wait; more of them would be the memory's end before the store's. */
const MOST_WAITING = 5000;
/** Entries of one statement. */
const MOST_AT_ONCE = 500;
/** Characters of a query or question that the history keeps; the longest that people write have a few thousand. */
const MOST_ASKED = 20_000;

interface Recorded {
  readonly askedAt: Date;
  readonly answered: AnsweredRequest;
}

export function recorder({ store, now, onLost }: RecorderOptions): Recorder {
  let waiting: Recorded[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await write(batch, store);
      } catch (error) {
        onLost(batch.length, error instanceof Error ? error.message : String(error));
      }
    }
  }

  return {
    record(answered) {
      if (waiting.length >= MOST_WAITING) return onLost(1, "The store is slower than the callers.");
      waiting.push({ askedAt: now(), answered });
      writing ??= writeAll().finally(() => (writing = undefined));
    },
    settled: () => writing ?? Promise.resolve(),
  };
}

async function write(batch: readonly Recorded[], { audit, history, usage }: RecorderOptions["store"]): Promise<void> {
  await audit.add(batch.map(auditOf));
  // What somebody may read of their own tells nothing of connections that are hidden from them.
  const open = batch.filter(({ answered }) => answered.isHidden !== true);
  await usage.add(
    open.map((recorded) => {
      const { who, connection, route, rows, milliseconds } = auditOf(recorded);
      return { day: dayOf(recorded.askedAt), who, connection, route, requests: 1, rows: rows ?? 0, milliseconds };
    }),
  );
  await history.add(
    open.flatMap(({ askedAt, answered: { identity, route, connection, text, status, rows, elapsedMs } }) =>
      identity.kind === "user"
        ? [
            {
              userId: identity.user.id,
              askedAt,
              route,
              connection: connection.name,
              asked: storable(text).slice(0, MOST_ASKED),
              status,
              rows: rows ?? null,
              milliseconds: Math.round(elapsedMs),
            },
          ]
        : [],
    ),
  );
}

function auditOf({ askedAt, answered }: Recorded) {
  const { identity, caller, route, connection, text, status, code, rows, elapsedMs } = answered;
  return {
    askedAt,
    who: nameOfIdentity(identity),
    address: caller,
    role: databaseCaller(identity).role,
    route,
    connection: connection.name,
    what: storable(whatWasAsked(route, text, connection.dialect)),
    status,
    code: code ?? null,
    rows: rows ?? null,
    milliseconds: Math.round(elapsedMs),
  };
}

/** PostgreSQL's text holds every character but this one, and halves of characters have no UTF-8. */
const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();
