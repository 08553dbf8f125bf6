import type { Condition, Field, Intent } from "./intent.ts";
import { predicate } from "./predicate.ts";
import { quoteName } from "./quote.ts";
import { tableName, type Writer } from "./writer.ts";

/** True when the first of each group is asked for: `the oldest employee in each department`. */
export function asksFirstOfEach({ groups, orders, limit, having, items }: Intent): boolean {
  const [order] = orders;
  const isPlain = items.every((item) => item.kind !== "count" && (item.kind === "thing" || item.fn === undefined));
  return groups.length > 0 && order !== undefined && limit === 1 && having === null && isPlain;
}

/**
 * The condition that a row has the highest or lowest figure of its group; a text in an object says why there is none.
 * The conditions of the question hold inside of the group too.
 */
export function writeFirstOfEach(writer: Writer): string | { readonly reason: string } {
  const { intent, resolver, tree } = writer;
  const [order] = intent.orders;
  const [group, ...others] = intent.groups;
  const unclear = { reason: "It is not clear which is the first of each group." };
  if (order?.kind !== "column" || order.fn || group === undefined || others.length > 0 || intent.offset > 0 || !tree.ok)
    return unclear;
  const field = resolver.field(order.asked);
  if (field === null || intent.orders.length > 1) return unclear;
  const { table } = field;
  const keys = groupKeys(writer, group, field);
  if (keys === null) return unclear;
  const inner = quoteName(`${table.name}_of_group`);
  const outer = quoteName(table.name);
  const inside = keys.map((name) => `${inner}.${quoteName(name)} = ${outer}.${quoteName(name)}`);
  for (const condition of intent.conditions) {
    const said = insideGroup(writer, condition, field, inner);
    if (said === null) return unclear;
    inside.push(said);
  }
  const column = quoteName(field.column.name);
  const fn = order.descending ? "max" : "min";
  return `${outer}.${column} = (SELECT ${fn}(${inner}.${column}) FROM ${tableName(table)} AS ${inner} WHERE ${inside.join(" AND ")})`;
}

/** Columns of the ranked table that are equal within a group; null when the group is farther away. */
function groupKeys({ resolver, tree }: Writer, group: Intent["groups"][number], { table }: Field): string[] | null {
  if (!tree.ok || (group.kind === "column" && group.unit)) return null;
  if (group.kind === "column") {
    const field = resolver.field(group.asked);
    if (field?.table === table) return [field.column.name];
    return field ? references(tree.steps, table.id, field.table.id) : null;
  }
  return group.kind === "thing" ? references(tree.steps, table.id, group.table.id) : null;
}

function references(
  steps: readonly { readonly join: { from: string; to: string; columns: readonly (readonly [string, string])[] } }[],
  from: string,
  to: string,
): string[] | null {
  const step = steps.find(({ join }) => join.from === from && join.to === to);
  return step ? step.join.columns.map(([own]) => own) : null;
}

function insideGroup(writer: Writer, condition: Condition, { table }: Field, inner: string): string | null {
  if (condition.kind === "without" || writer.intent.either.has(condition)) return null;
  const field = writer.resolver.field(condition.asked);
  if (field?.table !== table) return null;
  return predicate(writer, condition, `${inner}.${quoteName(field.column.name)}`, field.column);
}
