import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { goose } from "./goose.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(goose, { files, variables }, expected);

test("takes what stands between Up and Down, on the lines of the file, and keeps the rest as its undoing", () =>
  check(
    { "1_a.sql": "-- a note\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;" },
    { steps: ["1_a.sql"], texts: ["\n\nSELECT 1;\n\n"], downs: ["1_a.sql"], downTexts: ["\n\n\n\nSELECT 2;"] },
  ));

test("does not care for the letter case of marks, but for white space before them", () =>
  check(
    { "1_a.sql": "-- +GOOSE up\nSELECT 1;\n  -- +goose Down\nSELECT 2;" },
    { steps: ["1_a.sql"], texts: ["\nSELECT 1;\n  -- +goose Down\nSELECT 2;"], downs: [] },
  ));

test("leaves the transaction when the file says so", () =>
  check(
    { "1_a.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nVACUUM;", "2_b.sql": "-- +goose Up\n" },
    { steps: ["1_a.sql none", "2_b.sql"] },
  ));

test("orders by number", () => check({ "10_b.sql": "", "9_a.sql": "" }, { steps: ["9_a.sql", "10_b.sql"] }));

test("fills the environment between ENVSUB ON and OFF only", () =>
  check(
    {
      "1_a.sql":
        "-- +goose Up\nSELECT '${REGION}';\n-- +goose ENVSUB ON\nSELECT '${REGION} $REGION ${ZONE:-one}', $$x$$;\n-- +goose ENVSUB OFF\nSELECT '${REGION}';",
    },
    {
      steps: ["1_a.sql"],
      texts: [
        "\nSELECT '${REGION}';\n-- +goose ENVSUB ON\nSELECT 'eu eu one', $$x$$;\n-- +goose ENVSUB OFF\nSELECT '${REGION}';",
      ],
    },
    { REGION: "eu" },
  ));

test("reports a variable of the environment without a value, in the up part only", () =>
  check(
    { "1_a.sql": "-- +goose ENVSUB ON\n-- +goose Up\nSELECT '${REGION}';\n-- +goose Down\nSELECT '${ZONE}';" },
    { steps: ["1_a.sql"], problems: ["QG208 1_a.sql:3"] },
  ));

test("reports a file without an up part, and steps in Go, but not their tests", () =>
  check(
    { "1_a.sql": "SELECT 1;", "2_b.go": "", "3_c_test.go": "" },
    { steps: ["1_a.sql"], texts: [""], problems: ["QG218 1_a.sql:1", "QG209 2_b.go:1"] },
  ));
