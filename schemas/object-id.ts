/**
 * ObjectId grammar: `schema.name`, `schema.table.column`, `schema.table.name` for indexes, constraints, triggers and
 * policies, `schema.function(type, type)`. A part that is not `[a-z_][a-z0-9_$]*` is quoted with `"`, doubled inside.
 * Always carried together with its kind: ids of different kinds may be equal.
 */
export type ObjectId = string;

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/** One part of an id, quoted when needed. */
export function idPart(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Joins names to an id: `objectId("sales", "orders", "id")` is `sales.orders.id`. */
export function objectId(...names: readonly string[]): ObjectId {
  return names.map(idPart).join(".");
}

/** The id of what is nested in a table or view: `columnId("sales.orders", "id")` is `sales.orders.id`. */
export const columnId = (relation: ObjectId, name: string): ObjectId => `${relation}.${idPart(name)}`;

/** The id of a routine: its name with the canonical types of its input arguments. */
export function routineId(schema: string, name: string, argumentTypes: readonly string[]): ObjectId {
  return `${objectId(schema, name)}(${argumentTypes.join(", ")})`;
}

/** Splits an id into its unquoted parts; a routine's argument list stays with the last part. Null when malformed. */
export function parseObjectId(id: ObjectId): readonly string[] | null {
  const parts: string[] = [];
  let rest = id;
  for (;;) {
    const quoted = /^"((?:[^"]|"")+)"/.exec(rest);
    const plain = quoted ? null : /^[^."(]+/.exec(rest);
    const found = quoted ?? plain;
    if (!found) return null;
    parts.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : found[0]);
    rest = rest.slice(found[0].length);
    if (rest === "") return parts;
    if (rest.startsWith("(") && rest.endsWith(")")) {
      const last = parts.pop() ?? "";
      return [...parts, last + rest];
    }
    if (!rest.startsWith(".")) return null;
    rest = rest.slice(1);
  }
}
