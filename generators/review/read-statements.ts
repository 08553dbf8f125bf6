import type { Change, RenameHint } from "#schemas/change.ts";
import type { Measurement } from "#schemas/finding.ts";
import type { Parser } from "#schemas/languages/sql/postgres/parse.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import { columnId, type ObjectId } from "#schemas/object-id.ts";
import { declaredMeasurement, type DeclaredStatement } from "#schemas/replay/declared-locks.ts";
import type { ReplayedStatement } from "#schemas/replay/replay.ts";
import { actsOf, type Act } from "./acts/act.ts";
import { createKnownNames } from "./acts/known-names.ts";
import { actKey, opaqueActs } from "./acts/opaque-acts.ts";
import { readActs } from "./acts/read-acts.ts";
import { NO_SYNTAX, readSyntax } from "./acts/read-syntax.ts";
import { measurementBefore } from "./older-versions.ts";
import { rank, type FailedStatement, type HeldLock, type ReviewedFile, type ReviewedStatement } from "./statement.ts";

interface ReadInput {
  readonly files: readonly ReviewedFile[];
  readonly base: ModelIndex;
  /** What the files change, given the renames they state. */
  diff(renames: readonly RenameHint[]): readonly Change[];
  readonly parser: Parser;
  /** Major version that production runs. */
  readonly engineMajor: number;
  /** Every file is taken as one transaction, whatever its framework does. */
  readonly assumeInTransaction: boolean;
}

interface Read {
  /** What every statement says and met, in the order they run. Those that failed are left out. */
  readonly statements: readonly ReviewedStatement[];
  readonly failed: readonly FailedStatement[];
  readonly changes: readonly Change[];
}

/** Reads the statements under review, and what they all together change. */
export function readStatements(input: ReadInput): Read {
  const names = createKnownNames(input.base);
  const read = input.files.map(({ file, statements }) => {
    // Each file is a session of its own for the runners that wrap files.
    names.setSearchPath(null);
    const old = names.oldRelations();
    return {
      file,
      old,
      statements: statements.map((replayed) => {
        const outcome = input.parser.parse(replayed.statement.text);
        return {
          replayed,
          acts: outcome.ok ? readActs(outcome.tree, names, input.base) : [],
          syntax: outcome.ok ? readSyntax(outcome.tree) : NO_SYNTAX,
        };
      }),
    };
  });
  const changes = input.diff(
    read.flatMap(({ statements }) => statements.flatMap(({ acts }) => acts.flatMap(renameHint))),
  );
  const explained = new Set(read.flatMap(({ statements }) => statements.flatMap(({ acts }) => acts.map(actKey))));
  const failed: FailedStatement[] = [];
  const statements = read.flatMap(({ file, old, statements }) => {
    const isWrapped = file.transaction !== "none" || input.assumeInTransaction;
    const session = createSession(isWrapped);
    return statements.flatMap(({ replayed, acts, syntax }) => {
      const { statement, outcome, alone, failure } = replayed;
      const isOpaque = acts.some(({ kind }) => kind === "opaque");
      const all = isOpaque ? [...acts, ...opaqueActs({ changes, touched: replayed.touched, explained })] : acts;
      const declared = alone ? declaredMeasurement(declaredActs(all)) : undefined;
      const now = replayed.measurement ? onOldRelations(replayed.measurement, old) : declared;
      const measurement = now && measurementBefore(now, all, input.engineMajor);
      const met = session.next();
      session.add({ statement, alone, ...(measurement ? { measurement } : {}) }, all);
      const measured = measurement ? { measurement } : {};
      const reviewed: ReviewedStatement = { file, statement, acts: all, syntax, alone, isWrapped, ...met, ...measured };
      if (outcome === "failed" && failure) failed.push({ ...reviewed, failure });
      return outcome === "failed" || outcome === "stubbed" ? [] : [reviewed];
    });
  });
  return { statements, failed, changes };
}

/**
 * A measurement in the names of the base model. A replay knows what was there when the file began; a table that an
 * earlier file under review has made is new all the same.
 */
function onOldRelations(measurement: Measurement, old: ReadonlyMap<ObjectId, ObjectId>): Measurement {
  const known = (ids: readonly ObjectId[]): readonly ObjectId[] => ids.flatMap((id) => old.get(id) ?? []);
  return {
    ...measurement,
    locks: measurement.locks.flatMap(({ relation, mode }) => known([relation]).map((id) => ({ relation: id, mode }))),
    rewrites: known(measurement.rewrites),
    scans: known(measurement.scans),
  };
}

/** A rename that a statement states, so that the diff need not guess. */
export function renameHint(act: Act): readonly RenameHint[] {
  if (act.kind === "rename table" && !act.table.isNew) return [{ object: "table", from: act.table.id, to: act.to }];
  if (act.kind !== "rename column" || act.table.isNew) return [];
  const { id, current } = act.table;
  return [{ object: "column", from: columnId(id, act.column), to: columnId(current, act.to) }];
}

/** What a session and its open transaction remember from one statement to the next. */
function createSession(isWrapped: boolean) {
  let held = new Map<ObjectId, HeldLock>();
  let notValidYet = new Set<string>();
  const settings = new Map<string, string | null>();
  let isOpen = isWrapped;

  function end(): void {
    held = new Map();
    notValidYet = new Set();
  }

  return {
    next: () => ({
      held: new Map(held),
      notValidYet: new Set(notValidYet),
      hasLockTimeout: isLimited(settings.get("lock_timeout")),
      settings: new Map(settings),
      inTransaction: isOpen,
    }),
    add(
      { statement, measurement, alone }: Pick<ReplayedStatement, "statement" | "measurement" | "alone">,
      acts: readonly Act[],
    ): void {
      for (const { name, value } of actsOf(acts, "set")) settings.set(name, value);
      for (const { control } of actsOf(acts, "transaction")) {
        // A COMMIT of the script ends the transaction of its runner too.
        isOpen = control === "begin";
        end();
      }
      if (!isOpen || alone) {
        end();
        return;
      }
      for (const { relation, mode } of measurement?.locks ?? []) {
        const before = held.get(relation);
        if (!before || rank(before.mode) < rank(mode)) held.set(relation, { mode, line: statement.span.line });
      }
      for (const act of actsOf(acts, "add constraint")) {
        if (act.isNotValid && act.name !== undefined) notValidYet.add(`${act.table.id}.${act.name}`);
      }
    },
  };
}

/** Whether a timeout is set; 0 switches it off. */
export const isLimited = (value: string | null | undefined): boolean =>
  value !== undefined && value !== null && Number.parseFloat(value) !== 0;

/** The acts that a declared table of locks speaks of. */
export function declaredActs(acts: readonly Act[]): readonly DeclaredStatement[] {
  return acts.flatMap((act): readonly DeclaredStatement[] => {
    switch (act.kind) {
      case "create index":
        return act.isConcurrent ? [{ what: "create index concurrently", relation: act.table.id }] : [];
      case "drop index":
        return act.isConcurrent ? [{ what: "drop index concurrently", relation: act.table.id }] : [];
      case "detach partition":
        return act.isConcurrent
          ? [{ what: "detach partition concurrently", relation: act.table.id, partition: act.partition.id }]
          : [];
      case "reindex":
        return act.isConcurrent && act.table ? [{ what: "reindex concurrently", relation: act.table.id }] : [];
      case "new file":
        return act.how === "VACUUM FULL" ? [{ what: "vacuum full", relation: act.table.id }] : [];
      default:
        return [];
    }
  });
}
