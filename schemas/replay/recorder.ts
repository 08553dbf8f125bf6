import { CATALOG, type OriginOf } from "../dialects/postgres/catalog/context.ts";
import type { Origin, SourceRef } from "../source.ts";
import { DDL_PREFIX, DROP_PREFIX } from "./harness.ts";

/** One object that a statement made, altered or dropped, in PostgreSQL's words. */
export interface Touch {
  readonly action: "created" | "altered" | "dropped";
  /** As the engine names the kind: `table`, `table column`, `index`, `type` … */
  readonly type: string;
  /** Qualified and quoted as the engine prints it. */
  readonly identity: string;
}

/** Learns from the harness's messages which statement made each object and which touched it last. */
export interface Recorder {
  /** Takes the messages of a statement that took effect; returns what it touched. */
  record(notices: readonly string[], at: SourceRef): readonly Touch[];
  readonly originOf: OriginOf;
  /** Remembers the present state; `restore` goes back to it when a script rolls its transaction back. */
  mark(): void;
  restore(): void;
  /** What it knows, as plain data for `createRecorder`. Object ids are those of the engine it listened to. */
  state(): RecorderState;
}

/** What a recorder knows of the objects of one engine. */
export interface RecorderState {
  readonly entries: readonly (readonly [string, Entry])[];
  readonly stamps: readonly (readonly [string, string])[];
}

type DdlRow = readonly [
  catalog: number,
  oid: number,
  sub: number,
  tag: string,
  type: string,
  identity: string,
  stamps: string | null,
];
type DropRow = readonly [catalog: number, oid: number, sub: number, type: string, identity: string];

interface Entry {
  readonly created: SourceRef;
  readonly changed?: SourceRef;
}

export function createRecorder(known: RecorderState = { entries: [], stamps: [] }): Recorder {
  const entries = new Map<string, Entry>(known.entries);
  const stamps = new Map<string, string>(known.stamps);
  let undo: (() => void)[] = [];

  function touch(key: string, at: SourceRef, isNew: boolean): void {
    const before = entries.get(key);
    // What one statement does to an object it has just made is part of making it.
    if (before && !isNew && samePlace(before.changed ?? before.created, at)) return;
    undo.push(() => (before ? entries.set(key, before) : entries.delete(key)));
    entries.set(key, before && !isNew ? { created: before.created, changed: at } : { created: at });
  }

  /** True when the stamp is not the one seen last. */
  function stamp(key: string, value: string): "same" | "new" | "changed" {
    const before = stamps.get(key);
    if (before === value) return "same";
    undo.push(() => (before === undefined ? stamps.delete(key) : stamps.set(key, before)));
    stamps.set(key, value);
    return before === undefined ? "new" : "changed";
  }

  function readStamps(relation: number, text: string, at: SourceRef): void {
    for (const item of text.split(" ")) {
      const colon = item.indexOf(":");
      const id = Number(item.slice(1, colon));
      const key = stampKey(item.charAt(0), relation, id);
      const seen = stamp(`${item.charAt(0)}${relation}.${id}`, item.slice(colon + 1));
      // An index tells of itself when it is made; its table's stamps, first seen later, say nothing new of it.
      if (seen === "same" || (seen === "new" && entries.has(key) && !item.startsWith("n"))) continue;
      // A default is part of its column: the column's own stamp says whether it is new.
      touch(key, at, seen === "new" && !item.startsWith("n"));
    }
  }

  function ddl([catalog, oid, sub, tag, type, identity, text]: DdlRow, at: SourceRef): Touch {
    const isNew = tag.startsWith("CREATE") && !entries.has(entryKey(catalog, oid, sub));
    touch(entryKey(catalog, oid, sub), at, isNew);
    if (text !== null) readStamps(oid, text, at);
    return { action: isNew ? "created" : "altered", type, identity };
  }

  return {
    record(notices, at) {
      const touched: Touch[] = [];
      for (const notice of notices) {
        for (const row of payload<DdlRow>(notice, DDL_PREFIX)) touched.push(ddl(row, at));
        for (const [, , , type, identity] of payload<DropRow>(notice, DROP_PREFIX)) {
          touched.push({ action: "dropped", type, identity });
        }
      }
      return touched;
    },
    originOf(catalog, oid, sub = 0): Origin | undefined {
      return entries.get(entryKey(catalog, oid, sub));
    },
    mark() {
      undo = [];
    },
    restore() {
      for (const step of undo.toReversed()) step();
      undo = [];
    },
    state: () => ({ entries: [...entries], stamps: [...stamps] }),
  };
}

const entryKey = (catalog: number, oid: number, sub: number): string => `${catalog}.${oid}.${sub}`;

function stampKey(kind: string, relation: number, id: number): string {
  if (kind === "c") return entryKey(CATALOG.constraint, id, 0);
  if (kind === "i") return entryKey(CATALOG.class, id, 0);
  return entryKey(CATALOG.class, relation, id);
}

const samePlace = (a: SourceRef, b: SourceRef): boolean =>
  a.file === b.file && a.line === b.line && a.column === b.column;

/** The rows of a harness message; none for any other message. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the shape of its prefix.
function payload<Row>(notice: string, prefix: string): readonly Row[] {
  if (!notice.startsWith(prefix)) return [];
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The harness writes this JSON; a script that imitates it can only confuse its own origins.
    return JSON.parse(notice.slice(prefix.length)) as readonly Row[];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
