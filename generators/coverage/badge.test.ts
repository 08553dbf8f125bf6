import { expect, test } from "vitest";
import { coverageSchema } from "#schemas/config/review.ts";
import type { Coverage } from "#schemas/json/coverage.ts";
import { coverageBadge } from "./badge.ts";

interface Case {
  readonly person: number;
  readonly ai?: number;
  readonly settings?: object;
  readonly gate?: Coverage["gate"];
}

function check(
  { person, ai = 0, settings = {}, gate }: Case,
  expected: readonly [value: string, colour: string],
): void {
  const coverage: Coverage = {
    version: 1,
    database: "shop",
    total: { total: 200, person, ai, offline: 200 - person - ai },
    kinds: [],
    tables: [],
    ...(gate && { gate }),
  };
  const svg = coverageBadge(coverage, coverageSchema.parse(settings));
  expect([/>(\d+%)</.exec(svg)?.[1], /<path fill="(?!#444)(#\w+)"/.exec(svg)?.[1]]).toEqual(expected);
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="(\d+% of the schema is described by [a-z ]+)">\n<title>\1</);
  expect(svg).toBe(coverageBadge(coverage, coverageSchema.parse(settings)));
}

const GREEN = "#1a7f37";
const AMBER = "#9a6700";
const RED = "#cf222e";

test("a badge is green from 80 %, amber from 50 %, red below", () => {
  check({ person: 160 }, ["80%", GREEN]);
  check({ person: 159 }, ["79%", AMBER]);
  check({ person: 100 }, ["50%", AMBER]);
  check({ person: 99 }, ["49%", RED]);
});
test("only all is 100 %", () => check({ person: 199 }, ["99%", GREEN]));
test("thresholds can be others", () => check({ person: 120, settings: { good: 60 } }, ["60%", GREEN]));
test("below the required share it is red whatever the thresholds say", () =>
  check({ person: 180, gate: { required: 0.95, passed: false } }, ["90%", RED]));
test("texts of models count where the configuration counts them, offline texts never", () => {
  check({ person: 20, ai: 160 }, ["10%", RED]);
  check({ person: 20, ai: 160, settings: { counts: "ai" } }, ["90%", GREEN]);
  check({ person: 20, settings: { counts: "any" } }, ["10%", RED]);
});
