import type {
  Constraint,
  ForeignKey,
  Index,
  IndexKey,
  Policy,
  ReferentialAction,
  Table,
  Trigger,
  UniqueConstraint,
} from "#schemas/model.ts";
import { code, named, prose, proseList, type Prose } from "./prose.ts";

/** What a constraint guarantees, in one or two sentences. */
export function constraintInWords(constraint: Constraint, table: Table): Prose {
  return [...promise(constraint, table), ...exceptions(constraint)];
}

function promise(constraint: Constraint, table: Table): Prose {
  switch (constraint.kind) {
    case "primary key":
      return prose`Primary key: ${columns(constraint.columns)} ${constraint.columns.length > 1 ? "together identify" : "identifies"} each row.`;
    case "unique":
      return prose`No two rows share the same ${columns(constraint.columns)}${nullsNote(constraint, table)}.`;
    case "foreign key":
      return foreignKeyInWords(constraint, table);
    case "check":
      return prose`Every row satisfies ${code(bare(constraint.expression))}.`;
    case "exclude":
      return prose`No two rows conflict under ${code(constraint.definition)}.`;
    default:
      return constraint satisfies never;
  }
}

function foreignKeyInWords(key: ForeignKey, table: Table): Prose {
  if (key.virtual) {
    const source = { declared: "people say so", detected: "its name says so" }[key.virtual];
    const target = prose` (${columns(key.references.columns, ", ")})`;
    return prose`${columns(key.columns)} refers to ${named(key.references.table)}${target}: ${source}, and the database does not check it.`;
  }
  const empty = key.columns.some((name) => table.columns.find((column) => column.name === name)?.nullable);
  const target = key.references.columns.length > 0 ? prose` (${columns(key.references.columns, ", ")})` : [];
  const must = prose`${columns(key.columns)} must exist in ${named(key.references.table)}${target}${empty ? ", or be empty" : ""}.`;
  return [...must, ...onEvent("Deleting", key.onDelete), ...onEvent("Changing", key.onUpdate)];
}

function onEvent(event: "Deleting" | "Changing", action: ReferentialAction): Prose {
  const deleting = event === "Deleting";
  switch (action) {
    case "no action":
    case "restrict":
      // What keys do by default needs no words for the rarer event.
      return deleting ? [" It cannot be deleted there while a row here refers to it."] : [];
    case "cascade":
      return [deleting ? " Deleting it there deletes the rows here." : " Changing it there changes it here."];
    case "set null":
      return [` ${event} it there empties it here.`];
    case "set default":
      return [` ${event} it there sets the default here.`];
    default:
      return action satisfies never;
  }
}

function nullsNote(constraint: UniqueConstraint, table: Table): string {
  const optional = constraint.columns.some((name) => table.columns.find((column) => column.name === name)?.nullable);
  if (!optional) return "";
  return constraint.nullsNotDistinct ? "; empty values count as equal" : "; rows with an empty value are not compared";
}

function exceptions(constraint: Constraint): Prose {
  if (constraint.kind === "foreign key" && constraint.virtual) return [];
  const notes: string[] = [];
  if (!constraint.validated) notes.push(" Not validated: rows from before it may break it.");
  if (!isEnforced(constraint)) notes.push(" Not enforced.");
  if (constraint.initiallyDeferred) notes.push(" Checked when the transaction ends.");
  else if (constraint.deferrable) notes.push(" Can be deferred to the end of the transaction.");
  return notes;
}

function isEnforced(constraint: Constraint): boolean {
  return !("enforced" in constraint) || constraint.enforced;
}

/** What an index holds and what it is good for, in one sentence. */
export function indexInWords(index: Index): Prose {
  const keys = proseList(index.keys.map(indexKey), "then");
  const method = METHODS[index.method] ?? index.method;
  const kind = index.unique
    ? prose`Unique ${method === "Hash" ? "hash" : method} index on `
    : prose`${method} index on `;
  const include = index.include.length === 0 ? [] : prose`; also stores ${columns(index.include)}`;
  const part = index.predicate === undefined ? [] : prose`; only rows where ${code(bare(index.predicate))}`;
  const nulls = index.nullsNotDistinct ? ["; empty values count as equal"] : [];
  const broken = index.valid ? [] : [" Invalid: the engine does not use it."];
  return [...kind, ...keys, ...part, ...include, ...nulls, ".", ...broken];
}

const METHODS: Readonly<Record<string, string>> = {
  btree: "B-tree",
  hash: "Hash",
  gin: "GIN",
  gist: "GiST",
  spgist: "SP-GiST",
  brin: "BRIN",
};

function indexKey(key: IndexKey): Prose {
  const what = code(key.column ?? bare(key.expression ?? ""));
  const length = key.prefixLength === undefined ? "" : ` (first ${key.prefixLength} characters)`;
  const operators = key.operatorClass === undefined ? [] : prose` by ${code(key.operatorClass)}`;
  return prose`${what}${length}${operators}${key.descending ? " descending" : ""}${nullsOrder(key)}`;
}

function nullsOrder({ descending = false, nullsFirst }: IndexKey): string {
  if (nullsFirst === undefined || nullsFirst === descending) return "";
  return nullsFirst ? " with empty values first" : " with empty values last";
}

const PAST = { insert: "inserted", update: "updated", delete: "deleted", truncate: "truncated" } as const;

/** When a trigger runs and what it calls. */
export function triggerInWords(trigger: Trigger): Prose {
  const timing = { before: "Before", after: "After", "instead of": "Instead of" }[trigger.timing];
  const events = proseList(
    trigger.events.map((event) => (trigger.level === "row" ? PAST[event] : event)),
    "or",
  );
  const when =
    trigger.level === "row"
      ? prose`${timing} a row ${trigger.timing === "instead of" ? "being" : "is"} ${events}`
      : prose`${timing} each ${events} statement`;
  const only = trigger.columns?.length ? prose` of ${columns(trigger.columns)}` : [];
  const condition = trigger.when === undefined ? [] : prose`, if ${code(bare(trigger.when))}`;
  const calls = trigger.routine === undefined ? [", runs its own code"] : prose`, calls ${named(trigger.routine)}`;
  const state = {
    origin: "",
    always: " Runs during replication too.",
    replica: " Runs during replication only.",
    disabled: " Disabled.",
  }[trigger.enabled];
  return prose`${when}${only}${condition}${calls}.${state}`;
}

const MAY = {
  all: "read, add, change and delete",
  select: "read",
  insert: "add",
  update: "change",
  delete: "delete",
} as const;

/** Whom a row-security policy lets do what. */
export function policyInWords(policy: Policy): Prose {
  const everyone = policy.roles.length === 0 || policy.roles.includes("public");
  const who: Prose = everyone ? ["Everyone"] : proseList(policy.roles.map(code));
  const rows = policy.using === undefined ? [" rows"] : prose` rows where ${code(bare(policy.using))}`;
  const may = policy.permissive ? " may " : " may at most ";
  const written =
    policy.check === undefined || policy.check === policy.using
      ? []
      : prose`${policy.command === "insert" ? " that satisfy" : "; new values must satisfy"} ${code(bare(policy.check))}`;
  return prose`${who}${may}${MAY[policy.command]}${rows}${written}.`;
}

function columns(names: readonly string[], between?: string): Prose {
  if (between === undefined) return proseList(names.map(code));
  return names.flatMap((name, at): Prose => (at === 0 ? [code(name)] : [between, code(name)]));
}

/** Without the one pair of brackets that encloses the whole expression; the engine prints it for safety. */
export function bare(expression: string): string {
  if (!expression.startsWith("(") || !expression.endsWith(")")) return expression;
  let depth = 0;
  let quote = "";
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === "'" || character === '"') quote = character;
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0 && at < expression.length - 1) return expression;
    }
  }
  return expression.slice(1, -1);
}
