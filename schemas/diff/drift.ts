import type { Change } from "../change.ts";
import type { ObjectKind, SchemaModel } from "../model.ts";
import type { Problem } from "../problem.ts";
import { diffModels } from "./diff-models.ts";

/** One reading of a database: its migrations, a dump beside them, a schema in code. */
export interface Reading {
  /** Folder or file in the repository. */
  readonly path: string;
  /** True for a schema in another language than SQL, which says nothing of views, routines, checks and the like. */
  readonly isDeclared: boolean;
  readonly model: SchemaModel;
}

/**
 * Where two readings of one database in a repository disagree, as one problem that names the objects; null when they
 * agree, when one of them is not whole, or when they have no table in common and are not of one database.
 */
export function driftProblem(main: Reading, other: Reading): Problem | null {
  if (!main.model.complete || !other.model.complete || !shareTables(main.model, other.model)) return null;
  const isDeclared = main.isDeclared || other.isDeclared;
  const changes = diffModels(other.model, main.model).filter((change) => !isDeclared || isDeclarable(change));
  if (changes.length === 0) return null;
  const named = changes.slice(0, MOST_NAMED).map((change) => inWords(change, main.path, other.path));
  const more = changes.length > named.length ? ` and ${changes.length - named.length} more` : "";
  const objects = changes.length === 1 ? "one object" : `${changes.length} objects`;
  return {
    code: "QG130",
    severity: "warning",
    message: `${other.path} and ${main.path} disagree on ${objects}: ${named.join(", ")}${more}`,
    help: `Write ${other.path} again from a migrated database, or add the migration that is missing. \`querygenie diff ${other.path} ${main.path}\` lists everything.`,
    origin: { file: other.path, line: 1, column: 1 },
  };
}

const MOST_NAMED = 5;

const shareTables = (left: SchemaModel, right: SchemaModel): boolean => {
  const ids = new Set(left.tables.map(({ id }) => id));
  return right.tables.some(({ id }) => ids.has(id));
};

/** What any language of schemas can say. */
const DECLARABLE: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  "table",
  "column",
  "primary key",
  "unique",
  "foreign key",
  "index",
  "enum",
]);
/** Fields that such languages leave open, or that follow from others. */
const OPEN: ReadonlySet<string> = new Set([
  "comment",
  "definition",
  "grants",
  "name",
  "notNullName",
  "options",
  "owner",
  "position",
  "rls",
]);

function isDeclarable(change: Change): boolean {
  if (!DECLARABLE.has(change.object)) return false;
  const sides = [...("before" in change ? [change.before] : []), ...("after" in change ? [change.after] : [])];
  // An index over an expression or a part of the rows is written in SQL where it is made.
  const isSql = sides.some(
    (side) =>
      side.kind === "index" &&
      (side.predicate !== undefined || side.keys.some(({ expression }) => expression !== undefined)),
  );
  if (isSql) return false;
  if (change.kind === "renamed" && (change.object === "table" || change.object === "column")) return true;
  return change.kind === "added" || change.kind === "dropped" || change.fields.some((field) => !OPEN.has(field));
}

function inWords(change: Change, main: string, other: string): string {
  switch (change.kind) {
    case "added":
      return `${change.id} is in ${main} only`;
    case "dropped":
      return `${change.id} is in ${other} only`;
    case "renamed":
      return `${change.from} is called ${change.after.name} in ${main}`;
    case "changed":
      return `${change.id} differs in ${change.fields.join(", ")}`;
  }
}
