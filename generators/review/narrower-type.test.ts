import { expect, it } from "vitest";
import type { DataType } from "#schemas/model.ts";
import { whyNarrower } from "./narrower-type.ts";

const text = (length?: number): DataType => ({
  raw: length === undefined ? "text" : `character varying(${length})`,
  family: "text",
  ...(length === undefined ? {} : { length }),
});
const integer = (raw: string): DataType => ({ raw, family: "integer" });
const numeric = (precision: number, scale: number): DataType => ({
  raw: `numeric(${precision},${scale})`,
  family: "decimal",
  precision,
  scale,
});
const plain = (raw: string, family: DataType["family"]): DataType => ({ raw, family });

it.each<[string, DataType, DataType, string | null]>([
  ["a longer varchar", text(20), text(200), null],
  ["a shorter varchar", text(200), text(20), "longer values than 20"],
  ["varchar to text", text(20), text(), null],
  ["text to varchar", text(), text(20), "longer values than 20"],
  ["integer to bigint", integer("integer"), integer("bigint"), null],
  ["bigint to integer", integer("bigint"), integer("integer"), "values too large for integer"],
  ["more digits at the same scale", numeric(10, 2), numeric(12, 2), null],
  [
    "a larger scale that takes digits away",
    numeric(10, 2),
    numeric(10, 4),
    "values that numeric(10,4) has no digits for",
  ],
  ["a smaller scale", numeric(10, 2), numeric(10, 0), "values that numeric(10,0) has no digits for"],
  ["integer to a short numeric", integer("integer"), numeric(5, 2), "values that numeric(5,2) has no digits for"],
  ["text to integer", text(), integer("integer"), "values that are no integer"],
  ["integer to text", integer("integer"), text(), null],
  ["timestamp to date", plain("timestamp", "timestamp"), plain("date", "date"), "values that are no date"],
  ["date to timestamp", plain("date", "date"), plain("timestamp", "timestamp"), null],
  ["json to jsonb", plain("json", "json"), plain("jsonb", "json"), null],
])("says of %s what may not fit", (_, before, after, expected) => {
  expect(whyNarrower(before, after)).toBe(expected);
});
