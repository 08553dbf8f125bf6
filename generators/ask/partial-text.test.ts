import { expect, it } from "vitest";
import { partialText } from "./partial-text.ts";

const cases: readonly [json: string, reading: string][] = [
  ["", ""],
  ['{"sql":"select 1"', ""],
  ['{"sql":"select \\"reading\\": 1","rea', ""],
  ['{"sql":"select 1","reading":"Orders', "Orders"],
  ['{"reading":"Orders of \\u00e4', "Orders of ä"],
  ['{"reading":"Orders of \\u00', "Orders of "],
  ['{"reading":"A \\"word\\', 'A "word'],
  ['{"reading":"ends\\\\","sql":"x', "ends\\"],
  ['{"sql":"\\"reading\\":\\"no\\"","reading":"yes"}', "yes"],
];

it.each(cases)("reads %s", (json, reading) => {
  expect(partialText(json, "reading")).toBe(reading);
});
