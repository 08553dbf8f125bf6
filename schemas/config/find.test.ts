import { expect, test } from "vitest";
import { findConfig } from "./find.ts";
import { memoryWorkspace } from "#test/support/memory-workspace.ts";

async function check(
  files: Readonly<Record<string, string>>,
  expected: { path?: string; problems?: readonly string[] },
  path?: string,
): Promise<void> {
  const { value, problems } = await findConfig(memoryWorkspace(files), path);
  expect(value.loaded?.path).toBe(expected.path);
  expect(problems.map((problem) => `${problem.code} ${problem.origin?.file ?? ""}`)).toEqual(expected.problems ?? []);
}

const shop = "name: Shop\n";

test("finds nothing in a repository without a configuration", () => check({ "README.md": "" }, {}));
test("takes the first of the known places", () =>
  check({ "querygenie.yml": shop, ".github/querygenie.yml": shop }, { path: "querygenie.yml" }));
test("looks in .github last", () => check({ ".github/querygenie.yml": shop }, { path: ".github/querygenie.yml" }));
test("takes the file that was named", () =>
  check({ "querygenie.yml": shop, "other.yml": shop }, { path: "other.yml" }, "other.yml"));
test("reports a named file that does not exist", () =>
  check({ "querygenie.yml": shop }, { problems: ["QG113 "] }, "other.yml"));
test("reports what is wrong with a file and does not look for another", () =>
  check({ "querygenie.yml": "nam: Shop\n", ".querygenie.yml": shop }, { problems: ["QG102 querygenie.yml"] }));

test.each([".tbls.yml", "tbls.yml", ".tbls.yaml", "tbls.yaml"])("reads an existing %s", async (path) => {
  const { value } = await findConfig(memoryWorkspace({ [path]: "name: Shop\n" }));
  expect(value.tbls?.top.name).toBe("Shop");
});
