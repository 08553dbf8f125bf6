import type { Table } from "#schemas/model.ts";
import { asksFirstOfEach } from "./group-extreme.ts";
import type { Asked, Condition, Intent, Item } from "./intent.ts";
import type { AggregateFn, Comparison } from "./phrases.ts";
import { shownBy, type Resolver } from "./resolve.ts";

/** How a question was understood, in words, so that somebody who knows no SQL can tell whether it is what they meant. */
export function readingOf(intent: Intent, resolver: Resolver, tables: readonly Table[]): string {
  const say = new Sayer(intent, resolver);
  const parts = [
    `${intent.distinct ? "different " : ""}${list([...intent.groups.filter((group) => !intent.items.some((item) => sameItem(item, group))), ...intent.items].map((item) => say.item(item)))}`,
  ];
  const conditions = intent.conditions.map((condition) => say.condition(condition));
  const linked = conditions.map((said, at) => {
    const condition = intent.conditions[at];
    const link = condition && intent.either.has(condition) ? "or" : "and";
    return at === 0 ? said : `${link} ${said}`;
  });
  if (linked.length > 0) parts.push(`where ${linked.join(" ")}`);
  if (intent.groups.length > 0) parts.push(`for each ${list(intent.groups.map((item) => say.item(item)))}`);
  if (intent.having) {
    const { of, asked, fn, op, value } = intent.having;
    const what = asked && fn ? `the ${FIGURES[fn]} of ${say.column(asked)}` : `the number of ${of?.name ?? "rows"}`;
    parts.push(`where ${what} ${OPERATORS[op]} ${value}`);
  }
  for (const order of intent.orders) {
    const what =
      order.kind === "count"
        ? `number of ${order.of?.name ?? "rows"}`
        : `${order.fn ? `${FIGURES[order.fn]} of ` : ""}${say.column(order.asked)}`;
    parts.push(`${order.descending ? "highest" : "lowest"} ${what} first`);
  }
  if (intent.limit !== null) parts.push(whichRows(intent, intent.limit));
  const names = [...new Set(tables)].map(({ name }) => name);
  return `${parts.join(", ")} (from ${list(names)})`;
}

function whichRows(intent: Intent, limit: number): string {
  if (asksFirstOfEach(intent)) return "the first of each group, and those that equal it";
  if (intent.offset > 0) return `row ${intent.offset + 1} only`;
  return limit === 1 ? "the first only" : `the first ${limit} only`;
}

class Sayer {
  readonly #resolver: Resolver;
  constructor(_intent: Intent, resolver: Resolver) {
    this.#resolver = resolver;
  }

  column(asked: Parameters<Resolver["field"]>[0]): string {
    const field = this.#resolver.field(asked);
    if (field) return `${field.column.name} of ${field.table.name}`;
    const [first] = asked.meanings;
    return first
      ? shownBy(first.table)
          .map(({ column }) => `${column.name} of ${first.table.name}`)
          .join(", ")
      : asked.words;
  }

  figure({ asked, fn }: { readonly asked: Asked; readonly fn?: AggregateFn }): string {
    return `${fn ? `${FIGURES[fn]} of ` : ""}${this.column(asked)}`;
  }

  item(item: Item): string {
    switch (item.kind) {
      case "thing":
        return `${item.table.name} (by ${list(shownBy(item.table).map(({ column }) => column.name))})`;
      case "column":
        return `${this.figure(item)}${item.unit ? ` by ${item.unit}` : ""}${item.less ? ` minus ${this.figure(item.less)}` : ""}`;
      default:
        if (item.isShare) return `percentage of ${item.of?.name ?? "rows"}`;
        return item.asked ? `number of different ${this.column(item.asked)}` : `number of ${item.of?.name ?? "rows"}`;
    }
  }

  condition(condition: Condition): string {
    switch (condition.kind) {
      case "without": {
        const inner = condition.conditions.map((one) => this.condition(one));
        return `there is no row of ${condition.table.name}${inner.length > 0 ? ` with ${inner.join(" and ")}` : ""}`;
      }
      case "compare":
        return `${this.column(condition.asked)} ${OPERATORS[condition.op]} ${condition.values.map((value) => (condition.isText ? `“${value}”` : value)).join(" or ")}`;
      case "between":
        return `${this.column(condition.asked)} is from ${condition.from} to ${condition.to}`;
      case "period":
        return `${this.column(condition.asked)} is ${periodInWords(condition)}`;
      case "null":
        return `${this.column(condition.asked)} is ${condition.isNull ? "empty" : "not empty"}`;
      case "like":
        return `${this.column(condition.asked)} ${condition.negated ? "does not contain" : "contains"} “${condition.text}”`;
      case "average":
        return `${this.column(condition.asked)} ${OPERATORS[condition.op]} the ${FIGURES[condition.fn]} of ${this.column(condition.of)}`;
      default:
        return `${this.column(condition.asked)} is ${condition.value ? "true" : "false"}`;
    }
  }
}

function periodInWords({ unit, back, count }: Extract<Condition, { readonly kind: "period" }>): string {
  if (count !== undefined) return `within the last ${count} ${unit}s`;
  if (unit === "day") return back === 0 ? "today" : "yesterday";
  return back === 0 ? `in this ${unit}` : `in the ${unit} before this one`;
}

const FIGURES = { avg: "average", sum: "sum", max: "highest", min: "lowest" } as const;
const OPERATORS: Readonly<Record<Comparison, string>> = {
  "=": "is",
  "<>": "is not",
  ">": "is more than",
  ">=": "is at least",
  "<": "is less than",
  "<=": "is at most",
};

function sameItem(a: Item, b: Item): boolean {
  if (a.kind === "thing" && b.kind === "thing") return a.table === b.table;
  return a.kind === "column" && b.kind === "column" && a.asked.words === b.asked.words;
}

/** `a, b and c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
