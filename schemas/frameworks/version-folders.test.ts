import { test } from "vitest";
import { checkFramework } from "#test/support/check-framework.ts";
import { versionFolders } from "./version-folders.ts";
import type { FrameworkCase, FrameworkExpectation } from "#test/support/check-framework.ts";

const check = (files: FrameworkCase["files"], expected: FrameworkExpectation): Promise<void> =>
  checkFramework(versionFolders, { files }, expected);

test("orders versions and the files in them with numbers as numbers", () =>
  check(
    { "0.10/0001##b.sql": "", "0.9/2_a.sql": "", "0.9/10_a.sql": "", "v1.0.0/1.sql": "", "LATEST.sql": "" },
    { steps: ["0.9/2_a.sql", "0.9/10_a.sql", "0.10/0001##b.sql", "v1.0.0/1.sql"] },
  ));
