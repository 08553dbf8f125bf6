import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { sqitch } from "./sqitch.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(sqitch, { files }, expected);
const by = "2026-01-01T00:00:00Z Ada <ada@example.org>";

test("follows the plan, and takes a reworked change in each of its forms", () =>
  check(
    {
      "sqitch.plan": `%syntax-version=1.0.0\n# people first\nusers ${by}\nviews/open [users] ${by}\n@v1 ${by}\n@v2 ${by}\nusers [users@v2] ${by} # again\n@v3 ${by}\n`,
      "deploy/users@v2.sql": "",
      "deploy/users.sql": "",
      "deploy/views/open.sql": "",
      "revert/users.sql": "",
    },
    {
      steps: ["deploy/users@v2.sql none", "deploy/views/open.sql none", "deploy/users.sql none"],
      downs: ["revert/users.sql"],
    },
  ));

test("tells a change without its script, and a script without a change", () =>
  check(
    { "sqitch.plan": `a ${by}\n\nb ${by}\r\n-a ${by}\n`, "deploy/a.sql": "", "deploy/c.sql": "", "verify/a.sql": "" },
    { steps: ["deploy/a.sql none"], problems: ["QG216 sqitch.plan:3", "QG210 deploy/c.sql:1"] },
  ));
