import type { DataType, TypeFamily } from "../../../model.ts";
import type { Expr, WindowSpec } from "./ast.ts";
import { builtinNames, isBuiltin } from "./builtin-functions.ts";
import {
  findColumn,
  findSource,
  hint,
  problem,
  sameName,
  type KnownCte,
  type Resolution,
  type Scope,
  type SourceColumn,
} from "./resolve-scope.ts";

export interface ExprPlace {
  readonly scope: Scope;
  readonly ctes: readonly KnownCte[];
  /** Names of the WINDOW clause. */
  readonly windows?: readonly string[];
  readonly inAggregate?: boolean;
}

/** Resolves every name in an expression; what it is as a column, as far as that follows. */
export function resolveExpr(resolution: Resolution, expr: Expr, place: ExprPlace): SourceColumn {
  switch (expr.kind) {
    case "column":
      return resolveColumn(resolution, expr, place);
    case "all":
      resolveAll(resolution, expr, place);
      return UNKNOWN;
    case "call":
      return resolveCall(resolution, expr, place);
    case "cast":
      resolveExpr(resolution, expr.value, place);
      return { name: "", type: castType(expr.type) };
    case "query":
      return resolveSubquery(resolution, expr, place, 1);
    case "operator":
      return resolveOperator(resolution, expr, place);
    case "literal":
      return { name: "", ...literalType(expr) };
    case "variable":
    case "parameter":
    case "word":
      return UNKNOWN;
  }
}

const UNKNOWN: SourceColumn = { name: "" };

type Of<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

function resolveColumn(
  resolution: Resolution,
  expr: Of<"column">,
  { scope, inAggregate = false }: ExprPlace,
): SourceColumn {
  const { parts } = expr;
  // $action, $identity and $rowguid of T-SQL are columns of no table.
  if (resolution.grammar === "mssql" && parts.at(-1)?.startsWith("$")) return UNKNOWN;
  return findColumn(resolution, parts, scope, { span: expr, inAggregate }) ?? UNKNOWN;
}

function resolveAll(resolution: Resolution, { qualifier, start, end }: Of<"all">, { scope }: ExprPlace): void {
  if (qualifier.length === 0 || findSource(resolution, scope, qualifier)) return;
  problem(
    resolution,
    "unknown table",
    { start, end },
    { message: `unknown table ${qualifier.join(".")} in ${qualifier.join(".")}.*` },
  );
}

const AGGREGATES: ReadonlySet<string> = new Set(
  `AVG BIT_AND BIT_OR BIT_XOR COUNT COUNT_BIG GROUP_CONCAT JSON_ARRAYAGG JSON_OBJECTAGG MAX MIN STD STDDEV STDDEV_POP
  STDDEV_SAMP SUM VAR_POP VAR_SAMP VARIANCE STDEV STDEVP VAR VARP STRING_AGG APPROX_COUNT_DISTINCT CHECKSUM_AGG
  ANY_VALUE`.split(/\s+/),
);
/** What changes something, waits, or reads files and other servers. */
const DANGEROUS: ReadonlySet<string> = new Set(
  `SLEEP BENCHMARK GET_LOCK RELEASE_LOCK RELEASE_ALL_LOCKS IS_FREE_LOCK LOAD_FILE NEXTVAL SETVAL LASTVAL
  MASTER_POS_WAIT WAIT_FOR_EXECUTED_GTID_SET OPENROWSET OPENQUERY OPENDATASOURCE OPENXML`.split(/\s+/),
);
const COUNTS: ReadonlySet<string> = new Set(["COUNT", "COUNT_BIG", "ROW_NUMBER", "RANK", "DENSE_RANK"]);

function resolveCall(resolution: Resolution, expr: Of<"call">, place: ExprPlace): SourceColumn {
  const name = (expr.name.at(-1) ?? "").toUpperCase();
  const isAggregate = expr.name.length === 1 && AGGREGATES.has(name);
  if (expr.isBare !== true) checkFunction(resolution, expr, place);
  if (expr.name.length === 1 && DANGEROUS.has(name)) resolution.reasons.add(`it calls ${name}`);
  const inner = isAggregate ? { ...place, inAggregate: true } : place;
  // VALUES(column) of INSERT … ON DUPLICATE KEY UPDATE means a column of the target alone.
  const types = expr.args.map((arg) => resolveExpr(resolution, arg, inner));
  for (const { value } of expr.orderBy) resolveExpr(resolution, value, inner);
  if (expr.over) resolveWindow(resolution, expr.over, place);
  if (COUNTS.has(name)) return { name: "", type: { raw: "bigint", family: "integer" }, nullable: false };
  const first = types[0]?.type;
  return SAME.has(name) && first ? { name: "", type: first } : UNKNOWN;
}

/** Functions that give what they are given. */
const SAME: ReadonlySet<string> = new Set(["MAX", "MIN", "COALESCE", "IFNULL", "ISNULL", "NULLIF", "ANY_VALUE"]);

function checkFunction(resolution: Resolution, { name: parts, start, end }: Of<"call">, place: ExprPlace): void {
  const name = parts.at(-1) ?? "";
  const { routines } = resolution.model;
  if (parts.length === 1) {
    if (isBuiltin(name, resolution.grammar) || routines.some((routine) => sameName(routine.name, name))) return;
    // A table variable's or user type's method is not a function of its own.
    const known = [...builtinNames(resolution.grammar), ...routines.map((routine) => routine.name)];
    return problem(
      resolution,
      "unknown function",
      { start, end },
      { message: `unknown function ${name}`, ...hint(name, known) },
    );
  }
  const schema = parts.at(-2) ?? "";
  if (routines.some((routine) => sameName(routine.name, name) && sameName(routine.schema, schema))) return;
  if (SYSTEM.has(schema.toLowerCase()) || parts.length > 2 || TYPES.has(schema.toLowerCase())) return;
  if (resolution.grammar === "mssql") {
    // A method of an XML, spatial or hierarchy column: `body.value('…', 'int')`.
    if (METHODS.has(name.toLowerCase()) || name.startsWith("ST")) {
      findColumn(resolution, parts.slice(0, -1), place.scope, { span: { start, end }, inAggregate: true });
      return;
    }
  }
  problem(resolution, "unknown function", { start, end }, { message: `unknown function ${parts.join(".")}` });
}

const SYSTEM: ReadonlySet<string> = new Set(["sys", "mysql"]);
const TYPES: ReadonlySet<string> = new Set(["geography", "geometry", "hierarchyid"]);
const METHODS: ReadonlySet<string> = new Set(
  "value query exist nodes modify tostring getlevel getancestor getdescendant isdescendantof write parse lat long".split(
    " ",
  ),
);

export function resolveWindow(
  resolution: Resolution,
  { base, partitionBy, orderBy }: WindowSpec,
  place: ExprPlace,
): void {
  if (base && !(place.windows ?? []).some((name) => sameName(name, base.name))) {
    const said = { message: `unknown window ${base.name}`, ...hint(base.name, place.windows ?? []) };
    problem(resolution, "unknown window", base.span, said);
  }
  for (const value of [...partitionBy, ...orderBy.map((item) => item.value)]) resolveExpr(resolution, value, place);
}

/** A subquery as a value: `width` columns, one but for rows and EXISTS. */
function resolveSubquery(
  resolution: Resolution,
  expr: Of<"query">,
  { scope, ctes }: ExprPlace,
  width: number | null,
): SourceColumn {
  const columns = resolution.query(resolution, expr.query, { ctes, outer: { ...scope, aliases: scope.aliases ?? [] } });
  if (columns !== null && width !== null && columns.length !== width) {
    const words = width === 1 ? "one column" : `${width} columns`;
    problem(resolution, "column count", expr, {
      message: `a subquery that is compared gives ${words}, not ${columns.length}`,
    });
  }
  const [first] = columns ?? [];
  return first ? { name: "", ...(first.type ? { type: first.type } : {}) } : UNKNOWN;
}

const QUERY_SIDE: ReadonlySet<string> = new Set(["IN", "NOT IN"]);
const BOOLEAN: ReadonlySet<string> = new Set(
  "= <> != < > <= >= <=> AND OR && NOT XOR IN EXISTS LIKE BETWEEN REGEXP RLIKE".split(" "),
);

function resolveOperator(resolution: Resolution, expr: Of<"operator">, place: ExprPlace): SourceColumn {
  const { operator, operands } = expr;
  if (operator === ":=") resolution.reasons.add("it sets a variable");
  if (operator === "NEXT VALUE FOR") resolution.reasons.add("it takes the next value of a sequence");
  const [left] = operands;
  const isQuantified = operator.endsWith(" ALL") || operator.endsWith(" ANY") || operator.endsWith(" SOME");
  const rowWidth = left?.kind === "operator" && left.operator === "ROW" ? left.operands.length : 1;
  const takesRows = QUERY_SIDE.has(operator) || isQuantified || operator === "=" || operator === "<>";
  const widthAt = (index: number): number | null => {
    if (operator === "EXISTS") return null;
    return index > 0 && takesRows ? rowWidth : 1;
  };
  const types = operands.map((operand, index) =>
    operand.kind === "query"
      ? resolveSubquery(resolution, operand, place, widthAt(index))
      : resolveExpr(resolution, operand, place),
  );
  if (BOOLEAN.has(operator)) return { name: "", type: { raw: "boolean", family: "boolean" } };
  const [first, second] = types;
  const isSum = operator === "+" || operator === "-" || operator === "*";
  const isSame = isSum && first?.type && second?.type?.family === first.type.family;
  return isSame && first.type ? { name: "", type: first.type } : UNKNOWN;
}

function literalType({ type, text }: Of<"literal">): { readonly type?: DataType } {
  if (type === "string") return { type: { raw: "varchar", family: "text" } };
  if (type === "null") return {};
  if (type === "boolean") return { type: { raw: "boolean", family: "boolean" } };
  return { type: /^\d+$/.test(text) ? { raw: "int", family: "integer" } : { raw: "decimal", family: "decimal" } };
}

const CASTS: readonly (readonly [RegExp, TypeFamily])[] = [
  [/^(?:signed|unsigned|int|bigint|smallint|tinyint|integer)/i, "integer"],
  [/^(?:decimal|dec|numeric)/i, "decimal"],
  [/^(?:float|double|real)/i, "float"],
  [/^(?:n?varchar|n?char|text|sysname)/i, "text"],
  [/^datetime|^smalldatetime/i, "timestamp"],
  [/^date/i, "date"],
  [/^time/i, "time"],
  [/^json/i, "json"],
  [/^xml/i, "xml"],
  [/^(?:binary|varbinary)/i, "binary"],
  [/^uniqueidentifier/i, "uuid"],
  [/^bit/i, "boolean"],
];

const castType = (raw: string): DataType => ({ raw, family: CASTS.find(([test]) => test.test(raw))?.[1] ?? "other" });
