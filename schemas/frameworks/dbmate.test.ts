import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { dbmate } from "./dbmate.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(dbmate, { files, variables }, expected);

test("takes what stands between the marks and keeps the rest as its undoing", () =>
  check(
    { "1_a.sql": "-- note\n-- migrate:up\nSELECT 1;\n--migrate:down\nSELECT 2;" },
    { steps: ["1_a.sql"], texts: ["\n\nSELECT 1;\n\n"], downs: ["1_a.sql"], downTexts: ["\n\n\n\nSELECT 2;"] },
  ));

test("leaves the transaction when the mark says so", () =>
  check({ "1_a.sql": "-- migrate:up transaction:false\nVACUUM;\n-- migrate:down" }, { steps: ["1_a.sql none"] }));

test("orders by file name, not by number", () =>
  check({ "10_b.sql": "", "9_a.sql": "" }, { steps: ["10_b.sql", "9_a.sql"] }));

test("reads files with line ends of Windows", () =>
  check(
    { "1_a.sql": "-- migrate:up\r\nSELECT 1;\r\n-- migrate:down\r\nSELECT 2;" },
    { steps: ["1_a.sql"], texts: ["\nSELECT 1;\r\n\n"] },
  ));

test("reports a file without an up part", () =>
  check({ "1_a.sql": "SELECT 1;" }, { steps: ["1_a.sql"], texts: [""], problems: ["QG218 1_a.sql:1"] }));
