import type { DataType } from "../model.ts";

/** What a change of type does to the values: all still fit, some may not, or they are converted. */
export type TypeChange = "same" | "widened" | "narrowed" | "converted";

/** Bytes of the whole-number types, by the names the dialects print. */
const integerBytes: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  integer: 4,
  bigint: 8,
};

/** Compares two types by what fits in them. Unknown pairs count as converted: nothing is promised. */
export function compareTypes(before: DataType, after: DataType): TypeChange {
  if (before.raw === after.raw && before.typeId === after.typeId) return "same";
  if (before.family !== after.family || (before.dimensions ?? 0) !== (after.dimensions ?? 0)) return "converted";
  if (before.typeId !== after.typeId) return "converted";
  switch (before.family) {
    case "integer":
      return bySize(integerBytes[before.raw], integerBytes[after.raw]);
    case "decimal":
      return compareDecimals(before, after);
    case "text":
    case "binary":
    case "bits":
      return bySize(before.length ?? Infinity, after.length ?? Infinity);
    default:
      return "converted";
  }
}

function compareDecimals(before: DataType, after: DataType): TypeChange {
  if (after.precision === undefined) return "widened";
  if (before.precision === undefined) return "narrowed";
  const whole = after.precision - (after.scale ?? 0) - (before.precision - (before.scale ?? 0));
  const fraction = (after.scale ?? 0) - (before.scale ?? 0);
  return whole >= 0 && fraction >= 0 ? "widened" : "narrowed";
}

function bySize(before: number | undefined, after: number | undefined): TypeChange {
  if (before === undefined || after === undefined || before === after) return "converted";
  return before < after ? "widened" : "narrowed";
}
