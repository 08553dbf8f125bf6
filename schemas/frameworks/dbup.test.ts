import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { dbup } from "./dbup.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(dbup, { files, variables }, expected);

test("orders by name as text, without a transaction", () =>
  check({ "10_b.sql": "", "9_a.sql": "" }, { steps: ["10_b.sql none", "9_a.sql none"] }));

test("fills a variable that has a value and leaves the quotes of a body", () =>
  check(
    { "1_a.sql": "CREATE SCHEMA $Schema$; DO $body$ BEGIN END $body$;" },
    { steps: ["1_a.sql none"], texts: ["CREATE SCHEMA shop; DO $body$ BEGIN END $body$;"] },
    { Schema: "shop" },
  ));
