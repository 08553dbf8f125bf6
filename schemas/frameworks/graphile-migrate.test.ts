import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { graphileMigrate } from "./graphile-migrate.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (
  files: FrameworkCase["files"],
  expected: FrameworkExpectation,
  variables: FrameworkCase["variables"] = {},
): Promise<void> => checkFramework(graphileMigrate, { files, variables }, expected);

const header = (previous: string, hash: string): string => `--! Previous: ${previous}\n--! Hash: ${hash}\n\n`;

test("reads what is committed by name, then what is current", () =>
  check(
    { "current.sql": "", "committed/000002.sql": header("a", "b"), "committed/000001-customers.sql": header("-", "a") },
    { steps: ["committed/000001-customers.sql", "committed/000002.sql", "current.sql"] },
  ));

test("reads a folder of current files in one transaction", () =>
  check({ "current/2.sql": "", "current/1.sql": "" }, { steps: ["current/1.sql all", "current/2.sql all"] }));

test("leaves the transaction when the first line of the body says so", () =>
  check(
    {
      "committed/000001.sql": `${header("-", "a")}--! no-transaction\nVACUUM;`,
      "current.sql": "SELECT 1;\n--! no-transaction",
    },
    { steps: ["committed/000001.sql none", "current.sql"] },
  ));

test("reports a file that was committed after another one", () =>
  check(
    { "committed/000001.sql": header("-", "a"), "committed/000003.sql": header("b", "c") },
    { steps: ["committed/000001.sql", "committed/000003.sql"], problems: ["QG218 committed/000003.sql:1"] },
  ));

test("puts what is included in its place, each statement on its own line", () =>
  check(
    {
      "current.sql": "SELECT 1;\n--!include views/open.sql\nSELECT 3;",
      "fixtures/views/open.sql": "--! include more.sql\n",
      "fixtures/more.sql": "SELECT 2;",
    },
    {
      steps: ["current.sql all", "fixtures/more.sql all", "current.sql all"],
      texts: ["SELECT 1;\n\n", "SELECT 2;", "\n\nSELECT 3;"],
    },
  ));

test("reports what cannot be included: missing, itself, outside", () =>
  check(
    {
      "current.sql": "--!include none.sql\n--!include self.sql\n--!include ../../secret.sql\n",
      "fixtures/self.sql": "--!include self.sql\n",
    },
    { steps: [], problems: ["QG218 current.sql:1", "QG218 fixtures/self.sql:1", "QG218 current.sql:3"] },
  ));

test("fills its own placeholders, those of .gmrc and those of the configuration", () =>
  check(
    {
      ".gmrc": '{ "placeholders": { ":APP_ROLE": "shop_app", ":VISITOR": "!ENV" } }',
      "current.sql": "GRANT :APP_ROLE TO :DATABASE_OWNER; SELECT ':VISITOR', ':OTHER'::TEXT;",
    },
    { steps: ["current.sql"], texts: ["GRANT shop_app TO postgres; SELECT 'anyone', ':OTHER'::TEXT;"] },
    { ":VISITOR": "anyone" },
  ));

test("reports a placeholder of .gmrc without a value", () =>
  check(
    { ".gmrc": '{ "placeholders": { ":VISITOR": "!ENV" } }', "current.sql": "\nGRANT :VISITOR TO a;" },
    { steps: ["current.sql"], problems: ["QG208 current.sql:2"] },
  ));
