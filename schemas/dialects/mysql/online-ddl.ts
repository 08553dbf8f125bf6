import type { AlterSpec, KeySpec, Statement } from "../../languages/sql/mysql/statement.ts";
import type { Table } from "../../model.ts";
import type { MysqlFacts } from "./facts.ts";
import { columnChange, type ColumnChange } from "./column-change.ts";
import { onlineFacts, type OnlineFacts } from "./online-facts.ts";

/** How much the server must do at least, from the least on. */
export const algorithms = ["instant", "inplace", "rebuild", "copy"] as const;
export type Algorithm = (typeof algorithms)[number];

/**
 * What one part of an ALTER TABLE costs at best. `instant`: the dictionary alone · `inplace`: inside the engine without
 * writing the table anew · `rebuild`: the table is written anew in place while others read and write · `copy`: row by
 * row into another table.
 */
export interface OnlineStep {
  readonly algorithm: Algorithm;
  /** LOCK=NONE is refused: others cannot write meanwhile. */
  readonly blocksWrites: boolean;
  /** Every row is read, to build an index or to check what is there. */
  readonly reads: boolean;
  /** `adding the column note`, to be put behind "because". */
  readonly what: string;
  /** What this part is, for the rules. */
  readonly operation: Operation;
  readonly column?: string;
  /** Why it is not instant though such a change often is. */
  readonly why?: string;
}

export type Operation =
  | "add column"
  | "drop column"
  | "reorder"
  | "change type"
  | "varchar length"
  | "nullability"
  | "primary key"
  | "index"
  | "foreign key"
  | "check"
  | "charset"
  | "engine"
  | "partitioning"
  | "other";

/** What is known of a table before the statement; absent when no file has made it. */
export interface OnlineContext {
  readonly table: Table | undefined;
  readonly facts: MysqlFacts;
  /** `SET foreign_key_checks = 0` holds. */
  readonly skipsForeignKeyChecks: boolean;
}

type AlterTable = Extract<Statement, { kind: "alter table" }>;

/** The parts of an ALTER TABLE, CREATE INDEX or DROP INDEX with what each costs at best. */
export function onlineSteps({ specs }: AlterTable, context: OnlineContext): readonly OnlineStep[] {
  const online = onlineFacts(context.facts);
  const engine = context.table?.options?.["engine"];
  const replacesKey =
    specs.some(({ kind }) => kind === "drop primary key") && specs.some((spec) => keyOf(spec)?.kind === "primary");
  const steps = specs.flatMap((spec) => stepsOf(spec, { ...context, online, replacesKey }));
  // Other engines know neither INSTANT nor INPLACE for what writes rows.
  if (engine !== undefined && engine.toLowerCase() !== "innodb") return steps.map(copied);
  return together(steps);
}

/** The dearest of them. */
export function dearest(steps: readonly OnlineStep[]): OnlineStep | undefined {
  return steps.toSorted((a, b) => cost(b) - cost(a))[0];
}

const cost = ({ algorithm, blocksWrites }: OnlineStep): number =>
  algorithms.indexOf(algorithm) * 2 + Number(blocksWrites);

const copied = (step: OnlineStep): OnlineStep =>
  step.algorithm === "rebuild" || (step.algorithm === "inplace" && step.reads)
    ? { ...step, algorithm: "copy", blocksWrites: true, why: "the table's engine is not InnoDB" }
    : step;

/** INSTANT columns beside what is not instant are written into every row. */
function together(steps: readonly OnlineStep[]): readonly OnlineStep[] {
  if (steps.every(({ algorithm }) => algorithm === "instant")) return steps;
  return steps.map((step) => {
    const isColumn =
      step.operation === "add column" || step.operation === "drop column" || step.operation === "reorder";
    if (!isColumn || step.algorithm !== "instant" || step.why === VIRTUAL) return step;
    return { ...step, algorithm: "rebuild", why: "another part of the same statement is not instant" };
  });
}

const VIRTUAL = "a virtual column is in no row";

interface Parts extends OnlineContext {
  readonly online: OnlineFacts;
  readonly replacesKey: boolean;
}

const step = (
  algorithm: Algorithm,
  operation: Operation,
  what: string,
  more: Partial<Omit<OnlineStep, "algorithm" | "operation" | "what">> = {},
): OnlineStep => ({ algorithm, operation, what, blocksWrites: false, reads: false, ...more });

function stepsOf(spec: AlterSpec, parts: Parts): readonly OnlineStep[] {
  const { online } = parts;
  const copy = (operation: Operation, what: string, more: Partial<OnlineStep> = {}): OnlineStep =>
    step("copy", operation, what, { blocksWrites: !online.copiesOnline, reads: true, ...more });
  switch (spec.kind) {
    case "add column":
      return addColumn(spec, parts);
    case "drop column":
      return [dropColumn(spec.name, parts)];
    case "modify column":
      return columnChange(spec, parts.table, parts.facts).flatMap((change) => changed(change, spec.column.name, parts));
    case "rename column":
      return [step(online.renamesColumn ? "instant" : "inplace", "other", `renaming the column ${spec.from}`)];
    case "set default":
      return [step(online.setsDefault ? "instant" : "inplace", "other", `changing the default of ${spec.name}`)];
    case "add element":
      if (spec.element.kind === "key") return [addKey(spec.element.key, parts)];
      if (spec.element.kind === "foreign key") return [addForeignKey(parts)];
      if (spec.element.kind === "check") return [copy("check", "adding a CHECK constraint")];
      return [];
    case "drop primary key":
      return parts.replacesKey ? [] : [copy("primary key", "dropping the primary key without adding another one")];
    case "convert":
      return [convert(spec.charset, parts)];
    case "options":
      return tableOptions(spec.options, parts);
    case "rebuild":
      return [step("rebuild", "other", "FORCE")];
    case "partition by":
    case "remove partitioning":
      return [copy("partitioning", "changing how the table is partitioned")];
    case "reorganize partitions":
      return [step("rebuild", "partitioning", "reorganizing partitions", { blocksWrites: true, reads: true })];
    case "partition work": {
      const isRebuild = spec.verb === "rebuild" || spec.verb === "coalesce" || spec.verb === "optimize";
      return isRebuild ? [step("rebuild", "partitioning", `${spec.verb} of partitions`, { blocksWrites: true })] : [];
    }
    case "drop key":
      return [step("inplace", "index", `dropping the index ${spec.name}`)];
    default:
      return [];
  }
}

function addColumn({ column, place }: Extract<AlterSpec, { kind: "add column" }>, parts: Parts): readonly OnlineStep[] {
  const { online, table } = parts;
  const what = `adding the column ${column.name}`;
  const own = { column: column.name };
  const inline = [
    ...(column.unique ? [step("inplace", "index", `adding a unique index over ${column.name}`, { reads: true })] : []),
    ...(column.checks.length > 0
      ? [step("copy", "check", `the CHECK of ${column.name}`, { blocksWrites: !online.copiesOnline, reads: true })]
      : []),
  ];
  const copy = (why: string): OnlineStep =>
    step("copy", "add column", what, { ...own, why, reads: true, blocksWrites: !online.copiesOnline });
  if (column.generated?.stored) return [copy("a stored generated column is computed for every row"), ...inline];
  if (column.generated) return [step("instant", "add column", what, { ...own, why: VIRTUAL }), ...inline];
  if (column.default !== undefined && isExpression(column.default)) {
    return [copy("its default is an expression, which is computed for every row"), ...inline];
  }
  if (column.autoIncrement) {
    const why = "AUTO_INCREMENT numbers every row";
    return [step("rebuild", "add column", what, { ...own, why, blocksWrites: true, reads: true }), ...inline];
  }
  const why = whyNotInstant(table, online) ?? whyNotHere(place !== undefined, online);
  return [
    step(why === null ? "instant" : "rebuild", "add column", what, { ...own, ...(why ? { why } : {}) }),
    ...inline,
  ];
}

/** A default in parentheses or a function other than the current time. */
export function isExpression(written: string): boolean {
  const text = written.trim();
  if (text.startsWith("(")) return !isLiteral(text.slice(1, -1).trim());
  return /^[a-z_]\w*\s*\(/i.test(text) && !/^(?:current_timestamp|now|localtime|localtimestamp)\b/i.test(text);
}

const isLiteral = (text: string): boolean =>
  /^(?:[-+]?[\d.]+(?:e[-+]?\d+)?|'(?:[^'\\]|''|\\.)*'|null|true|false)$/i.test(text);

function whyNotHere(isPlaced: boolean, online: OnlineFacts): string | null {
  if (!online.addsLastColumn) return "this server cannot add columns at once";
  return isPlaced && !online.addsAnyColumn ? "this server can add a column at once at the end only" : null;
}

function whyNotInstant(table: Table | undefined, { fulltextBlocksInstant }: OnlineFacts): string | null {
  if (
    table?.options?.["row_format"]?.toLowerCase() === "compressed" ||
    table?.options?.["key_block_size"] !== undefined
  ) {
    return "the table's rows are compressed";
  }
  if (fulltextBlocksInstant && table?.indexes.some(({ method }) => method === "fulltext")) {
    return "the table has a FULLTEXT index";
  }
  return null;
}

function dropColumn(name: string, { table, online }: Parts): OnlineStep {
  const what = `dropping the column ${name}`;
  const column = table?.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (column?.generated && !column.generated.stored)
    return step("instant", "drop column", what, { column: name, why: VIRTUAL });
  const isIndexed = table?.indexes.some(({ keys }) => keys.some((key) => key.column === column?.name)) === true;
  const why = online.dropsColumn ? whyNotInstant(table, online) : "this server cannot drop columns at once";
  if (why !== null) return step("rebuild", "drop column", what, { column: name, why });
  if (isIndexed) return step("inplace", "drop column", what, { column: name, why: "an index uses it" });
  return step("instant", "drop column", what, { column: name });
}

function changed(change: ColumnChange, name: string, parts: Parts): readonly OnlineStep[] {
  const { online, table } = parts;
  const own = { column: name };
  const copy = (operation: Operation, what: string, why?: string): OnlineStep =>
    step("copy", operation, what, { ...own, reads: true, blocksWrites: !online.copiesOnline, ...(why ? { why } : {}) });
  switch (change.kind) {
    case "rename":
      return [step(online.renamesColumn ? "instant" : "inplace", "other", `renaming the column ${change.from}`, own)];
    case "reorder":
      return [step(online.reordersColumns ? "instant" : "rebuild", "reorder", `moving the column ${name}`, own)];
    case "nullability": {
      const to = change.to ? "NULL" : "NOT NULL";
      return [step("rebuild", "nullability", `making ${name} ${to}`, { ...own, reads: true })];
    }
    case "default":
      return [step(online.setsDefault ? "instant" : "inplace", "other", `changing the default of ${name}`, own)];
    case "comment":
      return [step("instant", "other", `changing the comment of ${name}`, own)];
    case "labels":
      return [step(online.setsDefault ? "instant" : "inplace", "other", `adding values to ${name} at the end`, own)];
    case "varchar": {
      const { before, after } = change;
      const crosses = before <= SHORT_BYTES && after > SHORT_BYTES;
      const what = `making ${name} longer`;
      const isFree = !crosses || before <= online.growsFromBytes;
      if (isFree)
        return [
          step(online.knowsInstant && online.growsFromBytes > 0 ? "instant" : "inplace", "varchar length", what, own),
        ];
      return [
        copy("varchar length", what, `${after} bytes need a length of two bytes, ${before} one of a single byte`),
      ];
    }
    case "charset": {
      const isIndexed = table?.indexes.some(({ keys }) => keys.some((key) => key.column === change.column)) === true;
      const isFree = online.changesCharset && change.isWider && !isIndexed;
      const what = `changing the charset or collation of ${name}`;
      return [isFree ? step("instant", "charset", what, own) : copy("charset", what)];
    }
    case "type":
      return [copy("change type", `changing the type of ${name} from ${change.before} to ${change.after}`)];
    case "generated":
      return [copy("change type", `changing how ${name} is computed`)];
  }
}

/** A VARCHAR of up to 255 bytes keeps its length in one byte, a longer one in two. */
const SHORT_BYTES = 255;

function keyOf(spec: AlterSpec): KeySpec | undefined {
  return spec.kind === "add element" && spec.element.kind === "key" ? spec.element.key : undefined;
}

function addKey({ kind, name, parts: keyParts }: KeySpec, { table, replacesKey }: Parts): OnlineStep {
  const what = `adding the index ${name ?? keyParts.map(({ column }) => column ?? "…").join("_")}`;
  if (kind === "primary") {
    const isOptional = keyParts.some(
      ({ column }) => table?.columns.find((one) => one.name.toLowerCase() === column?.toLowerCase())?.nullable,
    );
    const words = replacesKey ? "replacing the primary key" : "adding a primary key";
    return step("rebuild", "primary key", words, {
      reads: true,
      ...(isOptional ? { why: "its columns become NOT NULL" } : {}),
    });
  }
  if (kind === "fulltext") {
    const isFirst = table?.indexes.some(({ method }) => method === "fulltext") !== true;
    const why = "the first FULLTEXT index of a table adds a hidden column to every row";
    return step(isFirst ? "rebuild" : "inplace", "index", what, {
      reads: true,
      blocksWrites: true,
      ...(isFirst ? { why } : {}),
    });
  }
  return step("inplace", "index", what, { reads: true, blocksWrites: kind === "spatial" });
}

function addForeignKey({ skipsForeignKeyChecks, online }: Parts): OnlineStep {
  const what = "adding a foreign key";
  if (skipsForeignKeyChecks) return step("inplace", "foreign key", what);
  const why = "foreign_key_checks is on";
  return step("copy", "foreign key", what, {
    reads: true,
    blocksWrites: true,
    why,
    ...(online.copiesOnline ? {} : {}),
  });
}

function convert(charset: string, { table, facts, online }: Parts): OnlineStep {
  const what = `converting the table to ${charset}`;
  const text = table?.columns.filter(({ type }) => type.family === "text" || type.family === "enum") ?? [];
  const own = table?.options?.["charset"] ?? facts.defaultCharset;
  const isSame = table !== undefined && text.every((column) => (column.charset ?? own) === charset);
  if (isSame) return step(online.changesCharset ? "instant" : "rebuild", "charset", what);
  return step("copy", "charset", what, { reads: true, blocksWrites: !online.copiesOnline });
}

function tableOptions(
  {
    others,
    charset,
    collation,
  }: { readonly others: Readonly<Record<string, string>>; readonly charset?: string; readonly collation?: string },
  { table, online }: Parts,
): readonly OnlineStep[] {
  const { engine } = others;
  const rebuilt = Object.keys(others).filter((name) => REBUILDING.has(name));
  const own = table?.options?.["engine"] ?? "InnoDB";
  const steps: OnlineStep[] = [];
  if (engine !== undefined && engine.toLowerCase() === own.toLowerCase())
    steps.push(step("rebuild", "engine", `ENGINE=${engine}`));
  else if (engine !== undefined) {
    steps.push(step("copy", "engine", `changing the engine to ${engine}`, { reads: true, blocksWrites: true }));
  }
  if (rebuilt.length > 0) steps.push(step("rebuild", "other", `changing ${rebuilt.join(", ").toUpperCase()}`));
  if (charset !== undefined || collation !== undefined) {
    steps.push(step(online.changesCharset ? "instant" : "rebuild", "charset", "changing the table's default charset"));
  }
  return steps;
}

const REBUILDING: ReadonlySet<string> = new Set(["row_format", "key_block_size"]);
