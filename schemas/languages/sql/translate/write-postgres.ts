import { literal, quote } from "../../../dialects/postgres/ddl/text.ts";
import { isCondition, LOGIC } from "./conditions.ts";
import { familyOf, NUMBERS } from "./families.ts";
import { functionsOf, interval } from "./functions.ts";
import {
  Untranslatable,
  type Expression,
  type OrderItem,
  type Over,
  type Query,
  type Select,
  type Source,
} from "./query.ts";
import { scopeOf, type Relations, type Scope } from "./scope.ts";
import { castType } from "./types.ts";
import { writeLike } from "./write-like.ts";

export type SourceDialect = "mysql" | "mssql";

export interface WriteOptions {
  readonly dialect: SourceDialect;
  readonly relations: Relations;
}

const noScope: Scope = { familyOf: () => null, columnName: () => null };

/** A query as PostgreSQL takes it, on the schema that a model was translated to. Throws `Untranslatable`. */
export function writeQuery(query: Query, options: WriteOptions): string {
  return new PostgresWriter(options).query(query, null, new Set(), true);
}

/** An expression of a table: its names are columns of that table. */
export function writeExpression(expression: Expression, options: WriteOptions, scope: Scope = noScope): string {
  return new PostgresWriter(options).expression(expression, { scope, with: new Set() });
}

interface Place {
  readonly scope: Scope;
  /** Names of WITH that hide tables. */
  readonly with: ReadonlySet<string>;
  /** Names that the select list gives, in small letters, as they are written in the output. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** What those names stand for, where PostgreSQL does not know them. */
  readonly meanings?: ReadonlyMap<string, Expression>;
}

class PostgresWriter {
  readonly #options: WriteOptions;

  constructor(options: WriteOptions) {
    this.#options = options;
  }

  query(query: Query, outer: Scope | null, names: ReadonlySet<string>, isTop = false): string {
    const known = new Set([...names, ...query.with.map(({ name }) => name.toLowerCase())]);
    const parts = query.with.map(({ name, columns, query: own }) => {
      const list = columns.length > 0 ? ` (${columns.map(folded).join(", ")})` : "";
      return `${folded(name)}${list} AS (${this.query(own, outer, known)})`;
    });
    // T-SQL writes no RECURSIVE; PostgreSQL minds it where nothing recurs as little.
    const head =
      parts.length > 0
        ? `WITH ${query.isRecursive || this.#options.dialect === "mssql" ? "RECURSIVE " : ""}${parts.join(", ")} `
        : "";
    const term = (one: Select | Query): string =>
      "items" in one ? this.#select(one, { outer, names: known, isTop }) : `(${this.query(one, outer, known)})`;
    const terms = [term(query.first), ...query.rest.map(({ operator, right }) => `${operator} ${term(right)}`)];
    const scope = "items" in query.first ? scopeOf(query.first, this.#options.relations, outer) : (outer ?? noScope);
    const aliases = "items" in query.first ? aliasesOf(query.first, isTop) : new Map<string, string>();
    const place: Place = { scope, with: known, aliases };
    // MySQL's `ORDER BY NULL` is no order.
    const orders = query.order.filter(({ by }) => by.kind !== "word" || by.word !== "NULL");
    const order = orders.length > 0 ? ` ORDER BY ${this.#orders(orders, place, true)}` : "";
    const limit = query.limit ? ` LIMIT ${this.expression(query.limit, place)}` : "";
    const offset = query.offset ? ` OFFSET ${this.expression(query.offset, place)}` : "";
    return `${head}${terms.join(" ")}${order}${limit}${offset}`;
  }

  #select(
    select: Select,
    {
      outer,
      names,
      isTop,
    }: { readonly outer: Scope | null; readonly names: ReadonlySet<string>; readonly isTop: boolean },
  ): string {
    const scope = scopeOf(select, this.#options.relations, outer);
    const place: Place = { scope, with: names };
    const grouped: Place = { ...place, aliases: aliasesOf(select, isTop) };
    const meanings = new Map(
      select.items.flatMap(({ alias, value }) => (alias === undefined ? [] : [[alias.toLowerCase(), value] as const])),
    );
    const items = select.items.flatMap(({ value, alias }) => {
      if (value.kind === "star" && !isTop) return this.#star(value.path, select, place);
      const sql = this.expression(value, place);
      // Whoever reads a query inside another finds its columns in any case.
      const name = alias ?? (value.kind === "column" && !isTop ? value.path.at(-1) : undefined);
      return name === undefined ? sql : `${sql} AS ${isTop ? quote(name) : folded(name)}`;
    });
    const from = select.from.map((source) => this.#source(source, place));
    return [
      `SELECT ${select.isDistinct ? "DISTINCT " : ""}${items.join(", ")}`,
      ...(from.length > 0 ? [`FROM ${from.join(", ")}`] : []),
      ...(select.where ? [`WHERE ${this.#condition(select.where, place)}`] : []),
      ...(select.group.length > 0 ? [`GROUP BY ${this.#groups(select, grouped)}`] : []),
      ...(select.having ? [`HAVING ${this.#condition(select.having, { ...place, meanings })}`] : []),
    ].join(" ");
  }

  #groups({ group, totals }: Select, place: Place): string {
    const keys = group.map((one) => this.expression(one, place)).join(", ");
    return totals ? `${totals} (${keys})` : keys;
  }

  /** The columns one by one, so that their names can be folded; as it is where they are not known. */
  #star(path: readonly string[], select: Select, place: Place): readonly string[] {
    const wanted = path.at(-1)?.toLowerCase();
    const found: string[] = [];
    const add = (source: Source): boolean => {
      if (source.kind === "join") return source.using === undefined && add(source.left) && add(source.right);
      const alias = source.alias ?? (source.kind === "table" ? (source.path.at(-1) ?? "") : "");
      if (wanted !== undefined && alias.toLowerCase() !== wanted) return true;
      const isTable =
        source.kind === "table" && !(source.path.length === 1 && place.with.has((source.path[0] ?? "").toLowerCase()));
      const relation = isTable ? this.#options.relations.find(source.path) : null;
      if (!relation || relation.columns.size === 0) {
        found.push(`${folded(alias)}.*`);
        return true;
      }
      for (const { name } of relation.columns.values())
        found.push(`${folded(alias)}.${quote(name)} AS ${folded(name)}`);
      return true;
    };
    return select.from.every(add) && found.length > 0 ? found : [this.expression({ kind: "star", path }, place)];
  }

  #source(source: Source, place: Place): string {
    switch (source.kind) {
      case "query":
        return `${source.isLateral ? "LATERAL " : ""}(${this.query(source.query, place.scope, place.with)}) AS ${folded(source.alias)}`;
      case "table": {
        const last = source.path.at(-1) ?? "";
        const alias = source.alias ?? last;
        if (source.path.length === 1 && place.with.has(last.toLowerCase()))
          return `${folded(last)} AS ${folded(alias)}`;
        const found = this.#options.relations.find(source.path);
        if (!found) throw new Untranslatable(`there is no table or view ${source.path.join(".")}`);
        return `${quote(found.schema)}.${quote(found.name)} AS ${folded(alias)}`;
      }
      case "join": {
        const { how, left, right, on, using } = source;
        const shared = using ? ` USING (${using.map((name) => this.#column([name], place)).join(", ")})` : "";
        const applied = how === "LEFT JOIN" && !using ? " ON true" : shared;
        const tail = on ? ` ON ${this.#condition(on, place)}` : applied;
        const second = right.kind === "join" ? `(${this.#source(right, place)})` : this.#source(right, place);
        return `${this.#source(left, place)} ${how} ${second}${tail}`;
      }
    }
  }

  #orders(orders: readonly OrderItem[], place: Place, isFinal: boolean): string {
    // Both put NULL first going up; PostgreSQL puts it last.
    return orders
      .map(({ by, isDescending }) => {
        const sql = isFinal && by.kind === "number" ? by.text : this.expression(by, place);
        return `${sql} ${isDescending ? "DESC NULLS LAST" : "NULLS FIRST"}`;
      })
      .join(", ");
  }

  /** A number as a condition is true where it is not 0. */
  #condition(expression: Expression, place: Place): string {
    if (expression.kind === "binary" && LOGIC.has(expression.operator)) {
      const operator = expression.operator === "&&" ? "AND" : expression.operator;
      return `(${this.#condition(expression.left, place)} ${operator} ${this.#condition(expression.right, place)})`;
    }
    if (expression.kind === "unary" && expression.operator === "NOT")
      return `NOT (${this.#condition(expression.of, place)})`;
    const sql = this.expression(expression, place);
    return isCondition(expression) ? sql : `((${sql}) <> 0)`;
  }

  expression(expression: Expression, place: Place): string {
    switch (expression.kind) {
      case "number":
        return expression.text;
      case "text":
        return literal(expression.text);
      case "bytes":
        return `'\\x${expression.hex}'::bytea`;
      case "parameter":
        throw new Untranslatable(`the variable ${expression.text} has no value here`);
      case "word":
        return words[expression.word] ?? expression.word;
      case "column":
        return this.#column(expression.path, place);
      case "star":
        return expression.path.length === 0 ? "*" : `${folded(expression.path.at(-1) ?? "")}.*`;
      case "call":
        return this.#call(expression, place);
      case "unary":
        if (expression.operator === "~" && this.#options.dialect === "mysql")
          throw new Untranslatable("~ gives a number without a sign, and is not translated");
        if (expression.operator === "NOT") return `(NOT ${this.#condition(expression.of, place)})`;
        return `(${expression.operator} ${this.expression(expression.of, place)})`;
      case "binary":
        return this.#binary(expression, place);
      case "is null":
        return `(${this.expression(expression.of, place)} IS ${expression.isNot ? "NOT " : ""}NULL)`;
      case "between":
        return `(${this.expression(expression.of, place)} ${expression.isNot ? "NOT " : ""}BETWEEN ${this.expression(expression.low, place)} AND ${this.expression(expression.high, place)})`;
      case "in": {
        const list =
          "first" in expression.list
            ? this.query(expression.list, place.scope, place.with)
            : expression.list.map((one) => this.expression(one, place)).join(", ");
        return `(${this.expression(expression.of, place)} ${expression.isNot ? "NOT " : ""}IN (${list}))`;
      }
      case "exists":
        return `EXISTS (${this.query(expression.query, place.scope, place.with)})`;
      case "subquery":
        return `${expression.quantifier ?? ""}(${this.query(expression.query, place.scope, place.with)})`;
      case "list":
        return `(${expression.items.map((one) => this.expression(one, place)).join(", ")})`;
      case "case":
        return this.#case(expression, place);
      case "cast":
        return `CAST(${this.expression(expression.of, place)} AS ${castType(expression.type)})`;
      case "interval":
        return interval(this.expression(expression.amount, place), expression.unit);
    }
  }

  #column(path: readonly string[], place: Place): string {
    const name = path.at(-1) ?? "";
    const found = place.scope.columnName(path);
    if (found === null && path.length === 1) {
      const meaning = place.meanings?.get(name.toLowerCase());
      if (meaning) return this.expression(meaning, { scope: place.scope, with: place.with });
      const alias = place.aliases?.get(name.toLowerCase());
      if (alias !== undefined) return quote(alias);
    }
    const column = found === null ? folded(name) : quote(found);
    return path.length > 1 ? `${folded(path.at(-2) ?? "")}.${column}` : column;
  }

  #call(call: Extract<Expression, { kind: "call" }>, place: Place): string {
    const writer = functionsOf[this.#options.dialect].get(call.name);
    if (!writer) throw new Untranslatable(`the function ${call.name} is not translated`);
    const args = call.arguments.map((one) => this.expression(one, place));
    const isPlain = call.isDistinct && call.name !== "GROUP_CONCAT" && call.name !== "STRING_AGG";
    const given = isPlain ? [`DISTINCT ${args[0] ?? ""}`, ...args.slice(1)] : args;
    const sql = writer(given, call, { write: (one) => this.expression(one, place), text: literal });
    if (!call.over) return sql;
    return `${sql} OVER (${this.#over(call.over, place)})`;
  }

  #over({ partition, order, frame }: Over, place: Place): string {
    const keys = partition.map((one) => this.expression(one, place)).join(", ");
    const bounds = frame?.bounds.map(({ offset, edge }) =>
      offset ? `${this.expression(offset, place)} ${edge}` : edge,
    );
    return [
      ...(partition.length > 0 ? [`PARTITION BY ${keys}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${this.#orders(order, place, false)}`] : []),
      ...(frame && bounds ? [`${frame.unit} ${bounds.length > 1 ? "BETWEEN " : ""}${bounds.join(" AND ")}`] : []),
    ].join(" ");
  }

  #case({ of, cases, otherwise }: Extract<Expression, { kind: "case" }>, place: Place): string {
    const whens = cases.map(({ when, result }) => {
      const condition = of ? this.expression(when, place) : this.#condition(when, place);
      return `WHEN ${condition} THEN ${this.expression(result, place)}`;
    });
    const head = of ? ` ${this.expression(of, place)}` : "";
    const tail = otherwise ? ` ELSE ${this.expression(otherwise, place)}` : "";
    return `CASE${head} ${whens.join(" ")}${tail} END`;
  }

  #binary({ operator, left, right, escape }: Extract<Expression, { kind: "binary" }>, place: Place): string {
    if (operator === "XOR") return `(${this.#condition(left, place)} <> ${this.#condition(right, place)})`;
    if (LOGIC.has(operator)) return this.#condition({ kind: "binary", operator, left, right }, place);
    const [a, b] = [this.expression(left, place), this.expression(right, place)];
    switch (operator) {
      case "+":
      case "-":
        return this.#sum({ operator, left, right }, { a, b, place });
      case "/":
        // Whole numbers: SQL Server divides them whole as PostgreSQL does, MySQL does not.
        return this.#options.dialect === "mysql" ? `((${a})::numeric / nullif(${b}, 0))` : `(${a} / ${b})`;
      case "DIV":
        return `div((${a})::numeric, nullif((${b})::numeric, 0))`;
      case "%":
      case "MOD":
        return `(${a} % ${b})`;
      case "<=>":
        return `(${a} IS NOT DISTINCT FROM ${b})`;
      case "!=":
        return `(${a} <> ${b})`;
      case "LIKE":
        return writeLike(
          { value: a, pattern: b, escape: escape && this.expression(escape, place) },
          { right, hasClasses: this.#options.dialect === "mssql" },
        );
      case "REGEXP":
      case "RLIKE":
        return `(${a} ~* ${b})`;
      case "^":
        return `(${a} # ${b})`;
      case "IS":
      case "IS NOT":
        return right.kind === "word" && right.word === "TRUE"
          ? `${operator === "IS" ? "" : "NOT "}coalesce(${this.#condition(left, place)}, false)`
          : `${operator === "IS" ? "" : "NOT "}coalesce(NOT ${this.#condition(left, place)}, false)`;
      case "->":
      case "->>":
        throw new Untranslatable("a path into JSON is not translated");
      default:
        return `(${a} ${operator} ${b})`;
    }
  }

  /** `+` joins texts in T-SQL; what its sides are decides, and where that cannot be told nothing is guessed. */
  #sum(
    { operator, left, right }: { readonly operator: "+" | "-"; readonly left: Expression; readonly right: Expression },
    { a, b, place }: { readonly a: string; readonly b: string; readonly place: Place },
  ): string {
    if (right.kind === "interval") return `((${a})::timestamp ${operator} ${b})`;
    if (operator === "-" || this.#options.dialect === "mysql") return `(${a} ${operator} ${b})`;
    const families = [left, right].map((side) => familyOf(side, place.scope));
    const isNumber = families.some((family) => family !== null && NUMBERS.has(family));
    if (isNumber && families.includes("text"))
      throw new Untranslatable("a text and a number with + between them are not translated");
    if (families.includes("text")) return `(${a} || ${b})`;
    // A number on one side makes it a sum, whatever the other side is.
    if (isNumber || families.every((family) => family !== null)) return `(${a} + ${b})`;
    throw new Untranslatable("whether + adds numbers or joins texts cannot be told");
  }
}

const words: Readonly<Record<string, string>> = {
  TRUE: "1",
  FALSE: "0",
  CURRENT_TIMESTAMP: "localtimestamp",
  CURRENT_DATE: "current_date",
  CURRENT_TIME: "localtime",
  CURRENT_USER: "current_user",
};

/** Names in both dialects are the same in any case: those that a query gives itself are folded. */
const folded = (name: string): string => quote(name.toLowerCase());

/** The outermost query keeps the names as they are written, for whoever reads the result. */
function aliasesOf({ items }: Select, isTop: boolean): ReadonlyMap<string, string> {
  return new Map(
    items.flatMap(({ alias }) =>
      alias === undefined ? [] : [[alias.toLowerCase(), isTop ? alias : alias.toLowerCase()] as const],
    ),
  );
}
