import type { DataType, TypeFamily } from "#schemas/model.ts";
import { typeName } from "./own-columns.ts";

/** Why values of the old type may not fit the new one; null when all of them do, or nothing is known of the types. */
export function whyNarrower(before: DataType, after: DataType): string | null {
  if ((before.dimensions ?? 0) !== (after.dimensions ?? 0)) return null;
  if (before.family !== after.family) return acrossFamilies(before, after);
  const [from, to] = [unsignedOf(before).name, unsignedOf(after).name];
  if (before.family === "integer" && unsignedOf(after).isUnsigned && !unsignedOf(before).isUnsigned) {
    return "negative values";
  }
  if (before.family === "integer" && unsignedOf(before).isUnsigned && !unsignedOf(after).isUnsigned && from === to) {
    return `values too large for ${to}`;
  }
  switch (before.family) {
    case "text":
    case "binary":
    case "bits":
      return limitShrinks(before.length, after.length) ? `longer values than ${after.length}` : null;
    case "integer":
    case "float":
      return (SIZE[from] ?? 0) > (SIZE[to] ?? Number.POSITIVE_INFINITY) ? `values too large for ${to}` : null;
    case "decimal":
      return decimalShrinks(before, after) ? `values that ${after.raw} has no digits for` : null;
    case "timestamp":
    case "time":
    case "interval":
      return limitShrinks(before.precision, after.precision) ? "fractions of seconds that are cut off" : null;
    default:
      return null;
  }
}

/** Bytes of the types whose values grow with them, as PostgreSQL, MySQL and SQL Server call them. */
const SIZE: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  integer: 4,
  int: 4,
  bigint: 8,
  real: 4,
  float: 4,
  "double precision": 8,
  double: 8,
};

/** MySQL's whole numbers without their sign. */
function unsignedOf(type: DataType): { readonly name: string; readonly isUnsigned: boolean } {
  const name = typeName(type);
  return { name: name.replace(/ unsigned.*$/, ""), isUnsigned: name.includes(" unsigned") };
}

const limitShrinks = (before: number | undefined, after: number | undefined): boolean =>
  after !== undefined && (before === undefined || before > after);

/** Digits on either side of the point. */
function decimalShrinks(before: DataType, after: DataType): boolean {
  if (after.precision === undefined) return false;
  if (before.precision === undefined) return true;
  const [scale, newScale] = [before.scale ?? 0, after.scale ?? 0];
  return newScale < scale || after.precision - newScale < before.precision - scale;
}

/** Every value of the first family is one of each of the others. Anything becomes text. */
const WIDER: Readonly<Partial<Record<TypeFamily, readonly TypeFamily[]>>> = {
  integer: ["decimal", "float", "boolean", "money"],
  decimal: ["float", "money"],
  money: ["decimal"],
  float: ["decimal"],
  date: ["timestamp"],
  boolean: ["integer"],
  time: ["interval"],
};

function acrossFamilies(before: DataType, after: DataType): string | null {
  if (before.family === "other" || after.family === "other") return null;
  if (after.family === "text") return after.length === undefined ? null : `longer values than ${after.length}`;
  const isWider = WIDER[before.family]?.includes(after.family) === true;
  if (before.family === "integer" && after.family === "decimal" && after.precision !== undefined) {
    return `values that ${after.raw} has no digits for`;
  }
  return isWider ? null : `values that are no ${after.raw}`;
}
