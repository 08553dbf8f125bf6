import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { golangMigrate } from "./golang-migrate.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (input: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(golangMigrate, { files: input }, expected);

test("orders versions as numbers of 64 bits", () =>
  check(
    { "18446744073709551615_z.up.sql": "", "9_b.up.sql": "", "10_c.up.sql": "", "08_a.up.sql": "" },
    { steps: ["08_a.up.sql", "9_b.up.sql", "10_c.up.sql", "18446744073709551615_z.up.sql"] },
  ));

test("keeps the down part with its step and never as a step", () =>
  check(
    { "1_a.up.sql": "", "1_a.down.sql": "", "2_b.down.sql": "" },
    { steps: ["1_a.up.sql"], downs: ["1_a.down.sql"] },
  ));

test("reports scripts outside the history and steps in Go", () =>
  check(
    { "1_a.up.sql": "", "seed.sql": "", "2_b.go": "", "migrate.go": "", "README.md": "" },
    { steps: ["1_a.up.sql"], problems: ["QG209 2_b.go:1", "QG210 seed.sql:1"] },
  ));

test("reports two files with one version", () =>
  check(
    { "1_a.up.sql": "", "01_b.up.sql": "" },
    { steps: ["01_b.up.sql", "1_a.up.sql"], problems: ["QG215 1_a.up.sql:1"] },
  ));

test("leaves out files for another engine", () =>
  check({ "1_a.mysql.up.sql": "", "1_a.postgres.up.sql": "" }, { steps: ["1_a.postgres.up.sql"] }));

test("leaves a template inside a text alone, for it is data", () =>
  check(
    { "1_a.up.sql": "INSERT INTO mails VALUES ('Hello {{.Name}}', '{{1,2}}');" },
    { steps: ["1_a.up.sql"], texts: ["INSERT INTO mails VALUES ('Hello {{.Name}}', '{{1,2}}');"] },
  ));

test("reports a template outside texts once a name", () =>
  check(
    { "1_a.up.sql": '\nCREATE SCHEMA {{ index .Options "Namespace" }};\nDROP SCHEMA {{index .Options "Namespace" }};' },
    { steps: ["1_a.up.sql"], problems: ["QG208 1_a.up.sql:2"] },
  ));

test("passes a text with thousands of open comments once", () =>
  check({ "1_a.up.sql": "/* {{ .Name }} ".repeat(50_000) }, { steps: ["1_a.up.sql"] }));
