import { isTemporary, note, refused, shown, type Applier } from "./applier.ts";
import { applyAlterTable } from "./apply-alter.ts";
import * as objects from "./apply-objects.ts";
import { applySystemProcedure } from "./apply-system.ts";
import { applyCreateTable } from "./apply-table.ts";
import type { DraftColumn } from "./draft.ts";
import { newScope, queryValue } from "./catalog-query.ts";
import { evaluate, holds } from "./evaluate.ts";
import { tokensOf } from "./parse-name.ts";
import { readBatch } from "./read-batch.ts";
import type { Statement, UnreadClause } from "./statement.ts";
import { selectColumns } from "./view-columns.ts";

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

/** How a statement went, for the counts. */
export interface Tally {
  total: number;
  applied: number;
  failed: number;
}

/** Text made at run time may make text again; deeper than this it is not followed. */
const DEEPEST_TEXT = 8;

/** Applies statements in order; true when a RETURN ended the batch. */
export function applyStatements(applier: Applier, statements: readonly Statement[], tally: Tally, depth = 0): boolean {
  for (const statement of statements) if (applyStatement(applier, statement, tally, depth)) return true;
  return false;
}

/** Reports what of a statement's clauses could not be read. */
export function clauseProblem(applier: Applier, clause: UnreadClause): void {
  applier.problems.push({
    code: "QG222",
    severity: "warning",
    message: `"${clause.text.slice(0, LONGEST_SHOWN)}" is not understood in ${clause.statement}; the rest of the statement was read`,
    origin: applier.place(clause.at),
    makesIncomplete: true,
  });
}

const LONGEST_SHOWN = 60;

function applyStatement(applier: Applier, statement: Statement, tally: Tally, depth: number): boolean {
  switch (statement.kind) {
    case "block": {
      if (statement.isTry) applier.tries++;
      const hasEnded = applyStatements(applier, statement.statements, tally, depth);
      if (statement.isTry) applier.tries--;
      return hasEnded;
    }
    case "if":
      return applyIf(applier, statement, tally, depth);
    case "while": {
      if (holds(statement.condition, newScope(applier.draft, applier.variables)) === false) return false;
      if (changesSchema(statement.body))
        note(applier, `The loop over "${shortened(statement.text)}" was read as if it ran once`, statement.at);
      applyStatements(applier, statement.body, tally, depth);
      return false;
    }
    case "return":
      return true;
    default:
  }
  tally.total++;
  applier.failed = false;
  applier.onStep?.(statement, { text: applier.text, isTried: applier.tries > 0 });
  applyOne(applier, statement, tally, depth);
  if (applier.failed) tally.failed++;
  else tally.applied++;
  return false;
}

function applyOne(applier: Applier, statement: Statement, tally: Tally, depth: number): void {
  switch (statement.kind) {
    case "create table":
      return applyCreateTable(applier, statement);
    case "alter table":
      return applyAlterTable(applier, statement);
    case "create index":
      return objects.applyCreateIndex(applier, statement);
    case "drop index":
      return objects.applyDropIndex(applier, statement);
    case "alter index":
      return objects.applyAlterIndex(applier, statement);
    case "view":
      return objects.applyView(applier, statement);
    case "routine":
      return objects.applyRoutine(applier, statement);
    case "trigger":
      return objects.applyTrigger(applier, statement);
    case "toggle trigger":
      return objects.applyToggleTrigger(applier, statement);
    case "drop":
      return objects.applyDrop(applier, statement);
    case "create alias type":
      return objects.applyAliasType(applier, statement);
    case "create table type":
      return objects.applyTableType(applier, statement);
    case "sequence":
      return objects.applySequence(applier, statement);
    case "synonym":
      return objects.applySynonym(applier, statement);
    case "create schema":
      return objects.applyCreateSchema(applier, statement);
    case "transfer":
      return objects.applyTransfer(applier, statement);
    case "grant":
      return objects.applyGrant(applier, statement);
    case "execute":
      return applyExecute(applier, statement, tally, depth);
    case "execute text":
      return applyText(applier, evaluate(statement.value, newScope(applier.draft, applier.variables)), {
        statement,
        tally,
        depth,
      });
    case "select":
      return applySelect(applier, statement);
    case "assign":
      for (const { name, value } of statement.variables) {
        applier.variables.set(name, evaluate(value, newScope(applier.draft, applier.variables)));
      }
      return;
    case "unread":
      applier.failed = true;
      applier.problems.push({
        code: "QG202",
        severity: "error",
        message: `${statement.what} could not be read: ${statement.expected} was expected`,
        origin: applier.place(statement.near),
        makesIncomplete: true,
      });
      return;
    default:
  }
}

/** Guards about existence are decided on the model; of any other condition the branch is read as if it ran. */
function applyIf(applier: Applier, statement: Of<"if">, tally: Tally, depth: number): boolean {
  let current: Of<"if"> = statement;
  for (;;) {
    const { condition, branch, otherwise, text, at }: Of<"if"> = current;
    const decided = holds(condition, newScope(applier.draft, applier.variables));
    if (decided === true) return applyStatements(applier, branch, tally, depth);
    if (decided === null) {
      if (changesSchema(branch))
        note(
          applier,
          `Whether "${shortened(text)}" holds is not known before it runs; its branch was read as if it did`,
          at,
        );
      applyStatements(applier, branch, tally, depth);
      return false;
    }
    const next: Statement | undefined = otherwise[0];
    if (otherwise.length !== 1 || next?.kind !== "if") return applyStatements(applier, otherwise, tally, depth);
    current = next;
  }
}

const shortened = (text: string): string => text.split(/\s+/).join(" ").slice(0, LONGEST_SHOWN);

const NO_CHANGE: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>([
  "ignored",
  "assign",
  "return",
  "execute",
  "grant",
]);

function changesSchema(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === "block") return changesSchema(statement.statements);
    if (statement.kind === "if") return changesSchema(statement.branch) || changesSchema(statement.otherwise);
    if (statement.kind === "while") return changesSchema(statement.body);
    if (statement.kind === "select") return statement.query.into !== undefined && !isTemporary(statement.query.into);
    return !NO_CHANGE.has(statement.kind);
  });
}

function applyExecute(applier: Applier, statement: Of<"execute">, tally: Tally, depth: number): void {
  const scope = newScope(applier.draft, applier.variables);
  const { procedure, arguments: given } = statement;
  const value = (index: number): unknown => {
    const argument = given[index];
    // A bare word is a string to EXEC: `EXEC sp_refreshview OrdersView`.
    if (argument?.value.kind === "column")
      return argument.value.source === undefined
        ? argument.value.name
        : `${argument.value.source}.${argument.value.name}`;
    return argument && evaluate(argument.value, scope);
  };
  const at = (name: string, index: number) => {
    const named = given.findIndex((argument) => argument.name === name);
    // Behind the first argument with a name, a place says nothing.
    const isPlaced = named < 0 && given[index]?.name === undefined;
    const found = named >= 0 || isPlaced ? value(isPlaced ? index : named) : null;
    return typeof found === "string" || typeof found === "number" ? found : null;
  };
  const name = procedure.name.toLowerCase();
  if (name === "sp_executesql")
    return applyText(applier, at("@stmt", 0) ?? at("@statement", 0) ?? undefined, { statement, tally, depth });
  if (name.startsWith("sp_")) applySystemProcedure(applier, name, { at }, statement.at);
}

interface TextPlace {
  readonly statement: Statement;
  readonly tally: Tally;
  readonly depth: number;
}

/** Text that EXEC runs: read as a batch of its own, at the place of the EXEC. */
function applyText(applier: Applier, text: unknown, { statement, tally, depth }: TextPlace): void {
  if (text === null) return;
  if (typeof text !== "string" || depth >= DEEPEST_TEXT) {
    applier.problems.push({
      code: "QG223",
      severity: "warning",
      message: "This EXEC runs a text that is not known before it runs; what it does is not in the model",
      help: "Write the statement out, or add a file with the DDL it makes.",
      origin: applier.place(statement.at),
      makesIncomplete: true,
    });
    return;
  }
  const place = applier.place(statement.at);
  const inner: Applier = { ...applier, variables: new Map(), place: () => place, text, failed: false };
  const { statements, clauses } = readBatch(text, tokensOf(text));
  for (const clause of clauses) clauseProblem(inner, clause);
  applyStatements(inner, statements, tally, depth + 1);
}

/** `SELECT @name = …` and `SELECT … INTO table`. */
function applySelect(applier: Applier, { query, at }: Of<"select">): void {
  const { draft } = applier;
  const scope = newScope(draft, applier.variables);
  for (const item of query.items) {
    if (item.assigns === undefined) continue;
    const value = queryValue(query, item.value, scope);
    // No row leaves the variable as it was.
    if (value !== null || query.sources.length === 0) applier.variables.set(item.assigns, value);
  }
  const { into } = query;
  if (!into || isTemporary(into)) return;
  if (draft.find(into)) return refused(applier, `${shown(draft, into)} exists already`, at);
  const place = applier.place(at);
  const found = selectColumns(draft, query);
  const schema = draft.schemaName(into);
  if (found?.every((column) => column.type !== undefined) !== true) {
    refused(applier, `The columns that SELECT INTO gives ${shown(draft, into)} cannot be told from the files`, at);
  }
  draft.useSchema(schema, place);
  const columns = (found ?? []).map((column): DraftColumn => ({
    kind: "column",
    number: draft.number(),
    name: column.name,
    type: column.type ?? { raw: "", family: "other" },
    ...(column.typeOwner ? { ownType: column.typeOwner } : {}),
    nullable: column.nullable,
    ...(column.collation === undefined ? {} : { collation: column.collation }),
    marks: new Map(),
    origin: { created: place },
  }));
  const base = { kind: "table", number: draft.number(), name: into.name, schema, origin: { created: place } } as const;
  draft.add({ ...base, columns, constraints: [], indexes: [], triggers: [], options: new Map() });
}
